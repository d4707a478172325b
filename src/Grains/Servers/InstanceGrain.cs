using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Smcp.Engine;
using Smcp.Identity;
using Smcp.Mcp;
using Smcp.Protocol;
using Smcp.Runtimes;
using Smcp.Tasks;
using Smcp.Usage;

namespace Smcp.Servers;

/// <summary>
/// A running server: ties the parts together and decides, for each request, which of them it concerns. The parts are
/// plain classes that live on this activation's scheduler.
/// </summary>
internal class InstanceGrain : IInstanceGrain, IGrainLifecycle
{
    private static readonly McpFault Stopping =
        new(FaultReason.Unavailable, "The process is stopping; nothing was run.")
        {
            RetryAfter = TimeSpan.FromSeconds(1),
        };

    private static readonly McpFault Stopped =
        new(FaultReason.Internal, "The process stopped; whether the call took effect is unknown.");

    private static readonly McpFault UnknownServer = new(FaultReason.ServerNotFound, "There is no such server.");

    private readonly IActivationContext _activation;
    private readonly InstanceKey _key;
    private readonly InstanceInbox _inbox;
    private readonly RuntimeHolder _holder;
    private readonly InstanceGate _gate;
    private readonly CallTable _calls;
    private readonly CallRunner _runner;
    private readonly PeerTable _peers;
    private readonly ListenerTable _listeners;
    private readonly HeldStates _held;
    private readonly ParkedCalls _parked;
    private readonly TaskRuns _tasks;
    private readonly RequestRouter _router;
    private readonly InstancePulse _pulse;
    private readonly InstanceDrain _drain;
    private readonly UsageMeter _usage;
    private readonly CallDrain _callDrain;
    private readonly int _notificationsMax;
    private readonly TimeSpan _peersKeptAlive;
    private InstanceEvents? _events;
    private long _calledAt;

    public InstanceGrain(
        IActivationContext activation,
        RuntimeKinds kinds,
        InstanceDrain drain,
        IEngineFailures failures,
        InstanceSecurity security,
        IOptions<InstanceOptions> instanceOptions,
        IOptions<TaskOptions> taskOptions,
        ILogger<InstanceGrain> logger)
    {
        var options = instanceOptions.Value;
        _activation = activation;
        _key = InstanceKey.Parse(activation.Key);
        _notificationsMax = options.NotificationsMax;
        _peersKeptAlive = options.PeersKeptAlive;
        _inbox = new InstanceInbox(logger);
        _holder = new RuntimeHolder(activation, kinds, options, logger);
        _gate = new InstanceGate(activation, _key, _holder, security.Audit, options);
        var delivery = new SessionDelivery(activation, failures, options, logger);
        _calls = new CallTable(activation, options);
        _peers = new PeerTable(activation, options, delivery, logger);
        _listeners = new ListenerTable(options);
        _runner = new CallRunner(activation, options, _calls, _inbox, delivery, _peers, logger)
        {
            OnReply = ReplyAsync,
        };
        var states = new RequestStates(activation, options, security.Sealer);
        _held = new HeldStates(options, states, new ConsumedStates(activation, options));
        _parked = new ParkedCalls(activation, options, _calls, _runner, states) { OnPark = Stamp };
        var watches = new TaskWatches();
        var notices = new TaskNotices(_listeners, _peers, watches);
        _tasks = new TaskRuns(activation, taskOptions.Value, _runner, notices, logger) { OnResult = Stamp };
        _listeners.Tasks = new TaskRequests(_tasks);
        var results = new TaskResults(activation, taskOptions.Value, _tasks, watches, _peers, logger);
        var sessionTasks = new SessionTasks(taskOptions.Value, _runner, _tasks, results, _peers);
        _router = new RequestRouter(_gate, _holder, _runner, states, _held, _parked, _listeners.Tasks, sessionTasks);
        _runner.OnQuestion = call => Asker(call)(call);
        _usage = new UsageMeter(activation, _key, security.Usage.Value, logger);
        _runner.OnRun = Count;
        _runner.OnDetach = _tasks.Detach;
        _runner.OnDetachedReply = _tasks.End;
        _runner.OnAugment = _tasks.AugmentAsync;
        _runner.OnTell = (session, frame) => _events?.Notify(session, frame);
        _pulse = new InstancePulse(activation, options, Beat);
        _drain = drain;
        _callDrain = new CallDrain(activation, options, _inbox, _calls, _tasks)
        {
            Quicken = () => _pulse.Quicken(),
            Report = _usage.FlushAsync,
            FailOpen = () =>
            {
                _runner.FailOpen(Stopped);
                _tasks.FailAll(McpReply.Error(Stopped.ErrorBody()));
            },
        };
    }

    public Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _inbox.Start();
        _drain.Add(_callDrain, _activation.Key);
        return Task.CompletedTask;
    }

    public async Task OnDeactivateAsync(DeactivationCause cause, CancellationToken cancellationToken)
    {
        _pulse.Stop();
        _drain.Remove(_callDrain);
        _callDrain.End();
        FailAll();
        await _holder.StopAsync();
        await _runner.WhenDeliveredAsync(cancellationToken);
        await _usage.FlushAsync();
        _inbox.Close();
    }

    public async ValueTask<McpOutcome> OpenPeerAsync(
        CallContext context, InstancePeer peer, CancellationToken cancellationToken)
    {
        if (await ReadyAsync(context) is { } fault)
        {
            return McpOutcome.Refused(fault);
        }

        if (await _gate.AdmitAsync(context, peer.Initialize) is { } refused)
        {
            return McpOutcome.Refused(refused);
        }

        var outcome = await _peers.OpenAsync(_holder.Current!, context, peer, cancellationToken);
        return outcome.Answer is { } answer && _holder.Shape is { } shape
            && McpRevision.TryParse(context.Revision, out var revision)
            ? McpOutcome.Answered(shape.ShapeInitialization(revision, answer))
            : outcome;
    }

    public async ValueTask ClosePeerAsync(string session, CancellationToken cancellationToken)
    {
        _peers.Close(session);
        _runner.CancelAll(session);
        if (_holder.Current is { } runtime)
        {
            await runtime.ClosePeerAsync(session);
        }

        if (_holder.Definition?.Scope == InstanceScope.Session && _peers.Count + _calls.Count + _tasks.Count == 0)
        {
            _activation.Deactivate();
        }
    }

    public ValueTask<McpOutcome> CallAsync(
        CallContext context, InstanceCall call, CancellationToken cancellationToken) =>
        _holder.Current is { } runtime && context.Tenant == _key.Tenant
            ? RouteAsync(runtime, context, call, cancellationToken)
            : StartAndRouteAsync(context, call, cancellationToken);

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
            yield return McpFrame.Refusal(fault!);
            yield break;
        }

        try
        {
            await foreach (var frame in listener.ReadAsync(cancellationToken))
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

    public ValueTask<bool> ContinueTaskAsync(
        CallId run, IReadOnlyList<TaskAnswer> answers, CancellationToken cancellationToken) =>
        ValueTask.FromResult(_tasks.Continue(run, answers));

    public ValueTask StopTaskAsync(CallId run, CancellationToken cancellationToken)
    {
        _tasks.Stop(run);
        return ValueTask.CompletedTask;
    }

    private async ValueTask<McpOutcome> StartAndRouteAsync(
        CallContext context, InstanceCall call, CancellationToken cancellationToken) =>
        await ReadyAsync(context) is { } fault
            ? McpOutcome.Refused(fault)
            : await RouteAsync(_holder.Current!, context, call, cancellationToken);

    private ValueTask<McpOutcome> RouteAsync(
        IServerRuntime runtime, CallContext context, InstanceCall call, CancellationToken cancellationToken)
    {
        if (_drain.IsStopping)
        {
            return new(McpOutcome.Refused(Stopping));
        }

        _pulse.Quicken();
        _calledAt = _activation.Time.GetTimestamp();
        return _router.RouteAsync(runtime, context, call, cancellationToken);
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
            var events = new InstanceEvents(_inbox, _notificationsMax, OnNotify, OnEnded);
            var starting = _holder.StartAsync(context, events, out var begun);
            _events = begun ? events : _events;
            if (await starting is { } fault)
            {
                return fault;
            }
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

        if (await _gate.AdmitAsync(context, listen.Call) is { } refused)
        {
            return (null, refused);
        }

        _pulse.Quicken(PulseRate.Slow);
        return await _listeners.OpenAsync(
            _holder.Current!, context, listen, uri => _gate.ShowsResource(context, uri), cancellationToken);
    }

    private Action<InFlightCall> Asker(InFlightCall call) =>
        call.Tasks == TaskSupport.Forbidden ? _parked.Collect : _tasks.Ask;

    private CallLeg? Owned(CallContext context, CallId call) =>
        _calls.Find(call) is { } leg && leg.Call.Caller.Principal == context.Principal
            && leg.Call.Caller.Tenant == context.Tenant
            ? leg
            : null;

    private ValueTask<McpReply> ReplyAsync(InFlightCall call, McpReply reply)
    {
        var asksInput = false;
        var shaped = _holder.Shape?.Shape(call.Revision, call.Request.Call.Method, reply, out asksInput) ?? reply;
        shaped = _gate.Show(call.Caller, call.Request.Call.Method, shaped);
        return asksInput ? _held.WrapAsync(call, shaped) : new(shaped);
    }

    private void Count(InFlightCall call, McpReply reply)
    {
        var took = _activation.Time.GetElapsedTime(call.StartedAt);
        _usage.Count(call.Caller.Principal, call.Request.Call, reply, took);
        _pulse.Quicken();
    }

    private McpReply Stamp(InFlightCall call, McpReply reply) =>
        _holder.Shape?.Stamp(call.Request.Call.Method, reply, out _) ?? reply;

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
            FailAll();
            _ = _holder.StopAsync();
        }
    }

    private void FailAll()
    {
        _runner.FailAll();
        _parked.Clear();
        _tasks.FailAll(McpReply.Error(CallRunner.ServerFailed.ErrorBody()));
        _peers.Clear();
        _listeners.EndAll(_holder.Shape);
    }

    /// <summary>The pulse: what time ends. True while there is work that must be watched closely.</summary>
    private PulseRate Beat()
    {
        _runner.Sweep();
        _parked.Sweep();
        _tasks.Sweep();
        _callDrain.Look();
        if (_usage.Beat() || _calls.Count > 0 || _callDrain.IsDraining)
        {
            return PulseRate.Quick;
        }

        var peersKept = _peers.Count > 0 && _activation.Time.GetElapsedTime(_calledAt) < _peersKeptAlive;
        return peersKept || _parked.Count + _listeners.Count + _tasks.Count > 0 ? PulseRate.Slow : PulseRate.None;
    }
}
