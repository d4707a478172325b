using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Smcp.Engine;
using Smcp.Identity;
using Smcp.Mcp;
using Smcp.Protocol;
using Smcp.Runtimes;
using Smcp.Security.Encryption;
using Smcp.Storage;

namespace Smcp.Servers;

/// <summary>
/// A running server: ties the parts together and decides, for each request, which of them it concerns. The parts are
/// plain classes that live on this activation's scheduler.
/// </summary>
internal class InstanceGrain : IInstanceGrain, IGrainLifecycle
{
    private static readonly McpFault UnknownServer = new(FaultReason.ServerNotFound, "There is no such server.");

    private readonly IActivationContext _activation;
    private readonly InstanceKey _key;
    private readonly InstanceInbox _inbox;
    private readonly RuntimeHolder _holder;
    private readonly CallTable _calls;
    private readonly CallRunner _runner;
    private readonly PeerTable _peers;
    private readonly ListenerTable _listeners;
    private readonly RequestStates _states;
    private readonly HeldStates _held;
    private readonly ParkedCalls _parked;
    private readonly InstancePulse _pulse;
    private readonly InstanceOptions _options;
    private InstanceEvents? _events;
    private ResultShape? _shape;
    private RuntimeFeatures? _features;

    public InstanceGrain(
        IActivationContext activation,
        IEnumerable<IServerRuntimeFactory> factories,
        IGrainStorage storage,
        IEngineFailures failures,
        ISealer sealer,
        IOptions<InstanceOptions> instanceOptions,
        ILogger<InstanceGrain> logger)
    {
        var options = instanceOptions.Value;
        _activation = activation;
        _key = InstanceKey.Parse(activation.Key);
        _options = options;
        _inbox = new InstanceInbox(logger);
        _holder = new RuntimeHolder(activation, factories.ToDictionary(f => f.Kind), storage, options, logger);
        var delivery = new SessionDelivery(activation, failures, options, logger);
        _calls = new CallTable(activation, options);
        _peers = new PeerTable(activation, options, delivery, logger);
        _listeners = new ListenerTable(options);
        _runner = new CallRunner(activation, options, _calls, _inbox, delivery, _peers, logger)
        {
            OnReply = ReplyAsync,
        };
        _states = new RequestStates(activation, options, sealer);
        _held = new HeldStates(options, _states, new ConsumedStates(activation, options));
        _parked = new ParkedCalls(activation, options, _calls, _runner, _states) { OnPark = Stamp };
        _runner.OnQuestion = _parked.Collect;
        _pulse = new InstancePulse(activation, options, Beat);
    }

    public Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _inbox.Start();
        return Task.CompletedTask;
    }

    public async Task OnDeactivateAsync(DeactivationCause cause, CancellationToken cancellationToken)
    {
        _pulse.Stop();
        _runner.FailAll();
        _listeners.EndAll(_shape);
        await _holder.StopAsync();
        _inbox.Close();
    }

    public async ValueTask<McpOutcome> OpenPeerAsync(
        CallContext context, InstancePeer peer, CancellationToken cancellationToken)
    {
        if (await ReadyAsync(context) is { } fault)
        {
            return McpOutcome.Refused(fault);
        }

        return await _peers.OpenAsync(_holder.Current!, context, peer, cancellationToken);
    }

    public async ValueTask ClosePeerAsync(string session, CancellationToken cancellationToken)
    {
        _peers.Close(session);
        _runner.CancelAll(session);
        if (_holder.Current is { } runtime)
        {
            await runtime.ClosePeerAsync(session);
        }

        if (_holder.Definition?.Scope == InstanceScope.Session && _peers.Count == 0 && _calls.Count == 0)
        {
            _activation.Deactivate();
        }
    }

    public ValueTask<McpOutcome> CallAsync(
        CallContext context, InstanceCall call, CancellationToken cancellationToken) =>
        _holder.Current is { } runtime && context.Tenant == _key.Tenant
            ? DispatchAsync(runtime, context, call, cancellationToken)
            : StartAndDispatchAsync(context, call, cancellationToken);

    public async IAsyncEnumerable<McpFrame> FollowAsync(
        CallContext context, CallId call, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var leg = _calls.Find(call);
        if (leg is null || leg.Followed || leg.Phase == LegPhase.Waiting || leg.Call.Request.Session is not null
            || leg.Call.Caller.Principal != context.Principal)
        {
            var lost = new McpFault(
                FaultReason.Internal, "The call is not in flight; whether it took effect is unknown.");
            yield return new McpFrame { Kind = McpFrameKind.Error, Body = lost.ErrorBody() };
            yield break;
        }

        leg.Followed = true;
        try
        {
            await foreach (var frame in leg.Frames.ReadAllAsync(cancellationToken))
            {
                yield return frame;
            }
        }
        finally
        {
            _runner.EndFollowing(leg);
        }
    }

    public async IAsyncEnumerable<McpFrame> ListenAsync(
        CallContext context, InstanceCall listen, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (listener, fault) = await OpenListenerAsync(context, listen, cancellationToken);
        if (listener is null)
        {
            yield return new McpFrame { Kind = McpFrameKind.Error, Body = fault!.ErrorBody() };
            yield break;
        }

        try
        {
            await foreach (var frame in listener.Frames.ReadAllAsync(cancellationToken))
            {
                yield return frame;
            }
        }
        finally
        {
            _listeners.Close(listener);
        }
    }

    public ValueTask CancelAsync(CallContext context, CallId call, string? reason, CancellationToken cancellationToken)
    {
        if (Owned(context, call) is { } leg)
        {
            _runner.Cancel(leg);
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask AnswerAsync(
        CallContext context, CallId call, string questionId, McpReply answer, CancellationToken cancellationToken)
    {
        Owned(context, call)?.Call.TryAnswerQuestion(questionId, answer);
        return ValueTask.CompletedTask;
    }

    public ValueTask NotifyAsync(
        CallContext context, string session, McpCall notification, CancellationToken cancellationToken) =>
        context.Tenant == _key.Tenant && _holder.Current is { } runtime && runtime.HasPeer(session)
            ? runtime.NotifyAsync(session, notification, cancellationToken)
            : ValueTask.CompletedTask;

    public ValueTask SubscribeAsync(
        CallContext context, string session, IReadOnlyList<string> uris, CancellationToken cancellationToken)
    {
        _peers.Subscribe(session, uris);
        return ValueTask.CompletedTask;
    }

    public ValueTask<IReadOnlyList<CallId>> AttachAsync(
        string session, IReadOnlyList<CallId> calls, CancellationToken cancellationToken) =>
        ValueTask.FromResult(_calls.StillInFlight(session, calls));

    private async ValueTask<McpOutcome> StartAndDispatchAsync(
        CallContext context, InstanceCall call, CancellationToken cancellationToken) =>
        await ReadyAsync(context) is { } fault
            ? McpOutcome.Refused(fault)
            : await DispatchAsync(_holder.Current!, context, call, cancellationToken);

    private ValueTask<McpOutcome> DispatchAsync(
        IServerRuntime runtime, CallContext context, InstanceCall call, CancellationToken cancellationToken)
    {
        if (call.Session is { } session && !runtime.HasPeer(session))
        {
            return new(McpOutcome.Refused(FaultReason.PeerUnknown, "The session is not open here."));
        }

        if (!McpRevision.TryParse(context.Revision, out var revision))
        {
            return new(McpOutcome.Refused(FaultReason.InvalidRequest, "The protocol revision is not served."));
        }

        _pulse.Quicken();
        return call.Session is null && InputRequired.MayContinue(call.Call)
            ? ContinueAsync(context, call, revision, cancellationToken)
            : _runner.StartAsync(runtime, call, context, revision, cancellationToken);
    }

    private async ValueTask<McpOutcome> ContinueAsync(
        CallContext context, InstanceCall call, McpRevision revision, CancellationToken cancellationToken)
    {
        var parameters = RawJson.Parse(call.Call.Params);
        if (parameters?.ContainsKey("requestState") == true)
        {
            var text = parameters.Text("requestState") ?? string.Empty;
            var (state, fault) = await _states.OpenAsync(context, call.Call, text, cancellationToken);
            if (state is null)
            {
                return McpOutcome.Refused(fault!);
            }

            if (state.ParkedCall is not null)
            {
                return await _parked.ContinueAsync(call, state, parameters, cancellationToken);
            }

            var (request, used) = await _held.UnwrapAsync(call.Call, state, parameters);
            if (request is null)
            {
                return McpOutcome.Refused(used!);
            }

            call = call with { Call = request };
        }

        return _holder.Current is { } runtime
            ? await _runner.StartAsync(runtime, call, context, revision, cancellationToken)
            : McpOutcome.Refused(FaultReason.Unavailable, "The server ended.");
    }

    /// <summary>Makes the runtime run, if this caller may use it. Null when it does.</summary>
    private async ValueTask<McpFault?> ReadyAsync(CallContext context)
    {
        if (context.Tenant != _key.Tenant)
        {
            return UnknownServer;
        }

        if (_holder.Current is null)
        {
            var events = new InstanceEvents(_inbox, _options.NotificationsMax, OnNotify, OnEnded);
            var starting = _holder.StartAsync(context, events, out var begun);
            _events = begun ? events : _events;
            if (await starting is { } fault)
            {
                return fault;
            }

            _shape = new ResultShape(_holder.Definition!);
        }

        return _holder.Current is null ? new McpFault(FaultReason.Unavailable, "The server ended.") : null;
    }

    private async ValueTask<(Listener? Listener, McpFault? Fault)> OpenListenerAsync(
        CallContext context, InstanceCall listen, CancellationToken cancellationToken)
    {
        if (await ReadyAsync(context) is { } notReady)
        {
            return (null, notReady);
        }

        if (ListenFilter.Parse(listen.Call, _options.SubscriptionsPerListenerMax, out var invalid) is not { } asked)
        {
            return (null, invalid);
        }

        _features ??= await RuntimeFeatures.ReadAsync(_holder.Current!, context, listen.Id, cancellationToken);
        if (_listeners.Open(context, listen.Call, asked.Within(_features), out var listener) is { } refused)
        {
            return (null, refused);
        }

        _pulse.Quicken(PulseRate.Slow);
        return (listener, null);
    }

    private CallLeg? Owned(CallContext context, CallId call) =>
        _calls.Find(call) is { } leg && leg.Call.Caller.Principal == context.Principal
            && leg.Call.Caller.Tenant == context.Tenant
            ? leg
            : null;

    private ValueTask<McpReply> ReplyAsync(InFlightCall call, McpReply reply)
    {
        var asksInput = false;
        var shaped = _shape?.Shape(call.Revision, call.Request.Call.Method, reply, out asksInput) ?? reply;
        return asksInput ? _held.WrapAsync(call, shaped) : new(shaped);
    }

    private McpReply Stamp(InFlightCall call, McpReply reply) =>
        _shape?.Stamp(call.Request.Call.Method, reply, out _) ?? reply;

    private void OnNotify(InstanceEvents source, string? session, McpFrame frame)
    {
        if (source == _events)
        {
            _peers.Notify(session, frame);
            if (session is null)
            {
                _listeners.Notify(frame);
            }
        }
    }

    private void OnEnded(InstanceEvents source, string reason)
    {
        if (source == _events)
        {
            _events = null;
            _holder.LogEnded(_activation.Key, reason);
            _runner.FailAll();
            _parked.Clear();
            _peers.Clear();
            _listeners.EndAll(_shape);
            _features = null;
            _ = _holder.StopAsync();
        }
    }

    /// <summary>The pulse: what time ends. True while there is work that must be watched closely.</summary>
    private PulseRate Beat()
    {
        _runner.Sweep();
        _parked.Sweep();
        return _calls.Count > 0 ? PulseRate.Quick
            : _parked.Count + _listeners.Count > 0 ? PulseRate.Slow
            : PulseRate.None;
    }
}
