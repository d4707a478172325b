using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Smcp.Engine;
using Smcp.Identity;
using Smcp.Mcp;
using Smcp.Protocol;
using Smcp.Runtimes;
using Smcp.Servers.Deploying;
using Smcp.Tasks;

namespace Smcp.Servers;

/// <summary>
/// A running server: decides, for each request, whether its caller may make it and which of the
/// <see cref="InstanceParts"/> it concerns.
/// </summary>
internal class InstanceGrain : IInstanceGrain, IGrainLifecycle
{
    private static readonly McpFault UnknownServer = new(FaultReason.ServerNotFound, "There is no such server.");

    private readonly IActivationContext _activation;
    private readonly InstanceKey _key;
    private readonly InstanceParts _parts;
    private readonly InstanceDrain _drain;

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
        _activation = activation;
        _key = InstanceKey.Parse(activation.Key);
        _drain = drain;
        _parts = new InstanceParts(
            activation, kinds, failures, security, instanceOptions.Value, taskOptions.Value, logger);
    }

    private IServerRuntime? Runtime => _parts.Holder.Current;

    public Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _parts.Begin(_drain);
        return Task.CompletedTask;
    }

    public Task OnDeactivateAsync(DeactivationCause cause, CancellationToken cancellationToken) =>
        _parts.EndAsync(_drain, cancellationToken);

    public async ValueTask<McpOutcome> OpenPeerAsync(
        CallContext context, InstancePeer peer, CancellationToken cancellationToken)
    {
        if (await ReadyAsync(context) is { } fault)
        {
            return McpOutcome.Refused(fault);
        }

        if (await _parts.Gate.AdmitAsync(context, peer.Initialize) is { } refused)
        {
            return McpOutcome.Refused(refused);
        }

        var outcome = !peer.IsNeeded && _parts.IntroductionAtRest(context, peer) is { } known
            ? _parts.Peers.Rest(context, peer, known)
            : await _parts.Peers.OpenAsync(Runtime!, context, peer, cancellationToken);
        return outcome.Answer is { } answer && _parts.Holder.Shape is { } shape
            && McpRevision.TryParse(context.Revision, out var revision)
            ? McpOutcome.Answered(Introduce(shape.ShapeInitialization(revision, answer)))
            : outcome;
    }

    public async ValueTask<ManifestOutcome> ReadManifestAsync(
        CallContext context, CancellationToken cancellationToken)
    {
        if (!_key.IsForManifest)
        {
            return new ManifestOutcome { Fault = UnknownServer };
        }

        if (await ReadyAsync(context) is { } fault)
        {
            return new ManifestOutcome { Fault = fault };
        }

        try
        {
            return await _parts.ReadManifestAsync(Runtime!, context, cancellationToken);
        }
        finally
        {
            _activation.Deactivate();
        }
    }

    public async ValueTask ClosePeerAsync(string session, CancellationToken cancellationToken)
    {
        _parts.Peers.Close(session);
        _parts.Answers.CancelAll(session);
        if (Runtime is { } runtime)
        {
            await runtime.ClosePeerAsync(session);
        }

        if (_parts.Holder.Definition?.Scope == InstanceScope.Session
            && _parts.Peers.Count + _parts.Calls.Count + _parts.Tasks.Count == 0)
        {
            _activation.Deactivate();
        }
    }

    public ValueTask<McpOutcome> CallAsync(
        CallContext context, InstanceCall call, CancellationToken cancellationToken) =>
        Runtime is { } runtime && context.Tenant == _key.Tenant
            ? RouteAsync(runtime, context, call, cancellationToken)
            : StartAndRouteAsync(context, call, cancellationToken);

    public async IAsyncEnumerable<McpFrame> FollowAsync(
        CallContext context, CallId call, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var leg = _parts.Calls.Find(call);
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
            _parts.Answers.EndFollowing(leg);
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
            _parts.Listeners.Close(listener);
        }
    }

    public ValueTask CancelAsync(CallContext context, CallId call, string? reason, CancellationToken cancellationToken)
    {
        if (Owned(context, call) is { } leg)
        {
            _parts.Answers.Cancel(leg);
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
        context.Tenant == _key.Tenant && Runtime is { } runtime && runtime.HasPeer(session)
            ? runtime.NotifyAsync(session, notification, cancellationToken)
            : ValueTask.CompletedTask;

    public ValueTask SubscribeAsync(
        CallContext context, string session, IReadOnlyList<string> uris, CancellationToken cancellationToken)
    {
        _parts.Peers.Subscribe(session, uris);
        return context.Tenant != _key.Tenant || Runtime is not IWatchedRuntime runtime ? ValueTask.CompletedTask
            : runtime.HasPeer(session) ? runtime.SubscribeAsync(session, uris, cancellationToken)
            : _parts.Peers.WakeAsync(runtime, session, cancellationToken);
    }

    public ValueTask<IReadOnlyList<CallId>> AttachAsync(
        string session, IReadOnlyList<CallId> calls, CancellationToken cancellationToken) =>
        ValueTask.FromResult(_parts.Calls.StillInFlight(session, calls));

    public ValueTask<bool> ContinueTaskAsync(
        CallId run, IReadOnlyList<TaskAnswer> answers, CancellationToken cancellationToken) =>
        ValueTask.FromResult(_parts.Tasks.Continue(run, answers));

    public ValueTask StopTaskAsync(CallId run, CancellationToken cancellationToken)
    {
        _parts.Tasks.Stop(run);
        return ValueTask.CompletedTask;
    }

    public async ValueTask EndAsync(McpFault why, CancellationToken cancellationToken) =>
        await _parts.EndAtOnceAsync(why);

    /// <summary>What a server says of itself, as far as it was approved where that is asked for.</summary>
    private McpReply Introduce(McpReply reply) => _parts.Holder.Guard?.Introduce(reply) ?? reply;

    private async ValueTask<McpOutcome> StartAndRouteAsync(
        CallContext context, InstanceCall call, CancellationToken cancellationToken) =>
        await ReadyAsync(context) is { } fault
            ? McpOutcome.Refused(fault)
            : await RouteAsync(Runtime!, context, call, cancellationToken);

    private ValueTask<McpOutcome> RouteAsync(
        IServerRuntime runtime, CallContext context, InstanceCall call, CancellationToken cancellationToken)
    {
        if (_drain.Refusal is { } refusal)
        {
            return new(McpOutcome.Refused(refusal));
        }

        _parts.BeginCall();
        return _parts.Router.RouteAsync(runtime, context, call, cancellationToken);
    }

    /// <summary>Makes the runtime run, if this caller may use it. Null when it does.</summary>
    private async ValueTask<McpFault?> ReadyAsync(CallContext context)
    {
        if (context.Tenant != _key.Tenant)
        {
            return UnknownServer;
        }

        if (Runtime is null && await _parts.StartAsync(context) is { } fault)
        {
            return fault;
        }

        return Runtime is null ? new McpFault(FaultReason.Unavailable, "The server ended.") : null;
    }

    private async ValueTask<(Listener? Listener, McpFault? Fault)> OpenListenerAsync(
        CallContext context, InstanceCall listen, CancellationToken cancellationToken)
    {
        if (await ReadyAsync(context) is { } notReady)
        {
            return (null, notReady);
        }

        if (await _parts.Gate.AdmitAsync(context, listen.Call) is { } refused)
        {
            return (null, refused);
        }

        _parts.BeginListening();
        return await _parts.Listeners.OpenAsync(
            Runtime!, context, listen, uri => _parts.Gate.ShowsResource(context, uri), cancellationToken);
    }

    private CallLeg? Owned(CallContext context, CallId call) =>
        _parts.Calls.Find(call) is { } leg && leg.Call.Caller.Principal == context.Principal
            && leg.Call.Caller.Tenant == context.Tenant
            ? leg
            : null;
}
