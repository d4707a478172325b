using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Smcp.Engine;
using Smcp.Identity;
using Smcp.Mcp;
using Smcp.Protocol;
using Smcp.Security.Access;
using Smcp.Servers;

namespace Smcp.Sessions;

/// <summary>
/// One client's session: station 6 of a request's path. It checks who calls, lives as long as it is used, and leaves
/// the work to the parts below. On the way down a request goes by <see cref="ClientInbox"/> to <see
/// cref="CallForwarder"/>; on the way back its answer goes out as it is, or, when it took longer, by <see
/// cref="Delivery"/> to the log, from which <see cref="Connections"/> reads.
/// </summary>
internal partial class SessionGrain : ISessionGrain, IGrainLifecycle
{
    private static readonly McpFault Unknown = new(FaultReason.SessionNotFound, "There is no such session.");

    private readonly IActivationContext _activation;
    private readonly ILogger _logger;
    private readonly SessionData _data;
    private readonly Heartbeat _heartbeat;
    private readonly PeerLink _peer;
    private readonly Delivery _delivery;
    private readonly CallForwarder _calls;
    private readonly ClientInbox _inbox;
    private readonly Connections _connections;
    private readonly StreamGate _gate;
    private readonly EventRetention _retention;
    private readonly SessionNegotiation _negotiation;
    private readonly SessionEnd _end;
    private bool _isOpening;
    private bool _isLeaving;

    public SessionGrain(
        IActivationContext activation,
        IEngineFailures failures,
        IOptions<SessionOptions> options,
        IOptions<InstanceOptions> instances,
        AccessAudit audit,
        MovingInstances moving,
        ILogger<SessionGrain> logger)
    {
        _activation = activation;
        _logger = logger;
        _data = new SessionData(activation, options.Value, logger);
        _heartbeat = new Heartbeat(activation, options.Value.HeartbeatPeriod) { OnBeat = BeatAsync };
        _peer = new PeerLink(_data, activation.Grains, failures, moving, logger);
        var bells = new Bells(activation.Streams, failures, logger);
        _retention = new EventRetention(_data, logger);
        _delivery = new Delivery(_data, _peer, bells, _retention, _heartbeat);
        _calls = new CallForwarder(_data, _peer, _delivery, failures, logger);
        _inbox = new ClientInbox(_data, _peer, _calls, _heartbeat);
        _connections = new Connections(_data, _delivery, bells, _heartbeat);
        var server = new ServerKey(_data.Key.Tenant, _data.Key.Server);
        var policy = new ServerPolicy(activation, server, () => _data.Instance.Version, audit, instances.Value);
        _gate = new StreamGate(policy, failures);
        _negotiation = new SessionNegotiation(_data, activation.Grains, failures);
        _end = new SessionEnd(_data, activation, failures, logger);
        _calls.OnServerGone = () => _ = _end.EndAsync(_connections.RingAllAsync);
    }

    public async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        await _data.LoadAsync(cancellationToken);
        if (_data.Calls.Count > 0 || _data.Questions.HasAnswered)
        {
            // An earlier activation left calls in flight: ask the instance for them, in a turn of its own.
            _heartbeat.StartNow();
        }
    }

    public async Task OnDeactivateAsync(DeactivationCause cause, CancellationToken cancellationToken)
    {
        // Updates that the client subscribed to go on; without any, the runtime need not hold a session that rests.
        var rests = cause == DeactivationCause.Idle && _data is { IsOpen: true, IsBroken: false };
        if (rests && _data.State.Subscriptions.Count == 0)
        {
            await _peer.TryAsync(instance => instance.ClosePeerAsync(_data.Name, cancellationToken));
        }
    }

    public async Task<McpOutcome> InitializeAsync(
        CallContext context, McpCall call, CancellationToken cancellationToken)
    {
        if (_data.Exists)
        {
            return McpOutcome.Refused(
                Refuse(context) ?? new McpFault(FaultReason.InvalidRequest, "The session is initialized already."));
        }

        _isOpening = true;
        try
        {
            var outcome = await _negotiation.OpenAsync(context, call, cancellationToken);
            if (outcome.Answer is { IsError: false })
            {
                LogOpened(_logger, _data.Key.Tenant, _data.Key.Server, context.Revision);
            }

            return outcome;
        }
        finally
        {
            _isOpening = false;
            if (!_data.IsOpen)
            {
                _activation.Deactivate();
            }
        }
    }

    public ValueTask<SessionInfo> DescribeAsync(CallContext context, CancellationToken cancellationToken) =>
        ValueTask.FromResult(Refuse(context) is { } fault
            ? new SessionInfo { Fault = fault }
            : new SessionInfo { Revision = _data.Terms.Revision });

    public ValueTask<McpOutcome> CallAsync(CallContext context, McpCall call, CancellationToken cancellationToken) =>
        Refuse(context) is { } fault ? new(McpOutcome.Refused(fault)) : _inbox.DispatchAsync(context, call, null);

    public ValueTask<BatchOutcome> CallBatchAsync(
        CallContext context, IReadOnlyList<McpCall> calls, CancellationToken cancellationToken) =>
        Refuse(context) is { } fault
            ? new(new BatchOutcome { Fault = fault })
            : _calls.RunBatchAsync(calls, (call, batch) => _inbox.DispatchAsync(context, call, batch));

    public async ValueTask<McpFault?> NotifyAsync(
        CallContext context, McpCall notification, CancellationToken cancellationToken) =>
        Refuse(context) ?? await SessionData.StoringAsync(() => _inbox.TakeAsync(context, notification));

    public async ValueTask<McpFault?> AnswerAsync(
        CallContext context, JsonRpcId questionId, McpReply answer, CancellationToken cancellationToken) =>
        Refuse(context) ?? await SessionData.StoringAsync(() => _inbox.TakeAnswerAsync(context, questionId, answer));

    public async ValueTask<StreamOpening> OpenStreamAsync(
        CallContext context, StreamReader reader, string? lastEventId, CancellationToken cancellationToken)
    {
        var opening = new StreamOpening();
        var fault = Refuse(context)
            ?? await _gate.AdmitAsync(context)
            ?? await SessionData.StoringAsync(async () => opening = await _connections.OpenAsync(reader, lastEventId));
        return fault is null ? opening : new StreamOpening { Fault = fault };
    }

    public async ValueTask<StreamPage> ReadStreamAsync(
        CallContext context,
        StreamReader reader,
        long streamId,
        long afterSequence,
        CancellationToken cancellationToken) =>
        (Refuse(context) ?? (_isLeaving ? _gate.AdmitToLast(context) : await _gate.AdmitAsync(context))) is { } fault
            ? new StreamPage { Fault = fault }
            : await _connections.ReadAsync(reader, streamId, afterSequence);

    public ValueTask CloseConnectionAsync(CallContext context, StreamReader reader, CancellationToken cancellationToken)
    {
        if (Refuse(context) is null)
        {
            _connections.Close(reader);
        }

        return ValueTask.CompletedTask;
    }

    public async ValueTask<McpFault?> DeleteAsync(CallContext context, CancellationToken cancellationToken) =>
        Refuse(context) ?? await SessionData.StoringAsync(async () => await _end.EndAsync(_connections.RingAllAsync));

    public async ValueTask<bool> DeliverAsync(
        CallId? call, IReadOnlyList<McpFrame> frames, CancellationToken cancellationToken)
    {
        if (!_data.IsOpen)
        {
            return false;
        }

        if (call is not { } id)
        {
            await _delivery.NotifyAsync(frames);
            return true;
        }

        return _data.Calls.TryFind(id, out var inFlight) && await _delivery.DeliverAsync(inFlight, frames);
    }

    public async ValueTask<TimeSpan?> ExpireAsync(CancellationToken cancellationToken)
    {
        if (_isOpening)
        {
            return _data.Options.IdleTimeout;
        }

        if (_data.IsOpen && !_data.Age.IsExpired)
        {
            await _retention.SweepAsync();
            return _data.Age.Remaining;
        }

        if (_data.IsOpen)
        {
            await _end.EndAsync(_connections.RingAllAsync);
        }
        else if (_data.Exists)
        {
            await _end.RemoveAsync();
        }

        _activation.Deactivate();
        return null;
    }

    public async ValueTask EndAsync(CancellationToken cancellationToken)
    {
        if (_data.IsOpen)
        {
            _isLeaving = true;
            await _connections.SayLastAsync();
            await SessionData.StoringAsync(async () => await _end.EndAsync(_connections.RingAllAsync));
        }
    }

    /// <summary>Why the caller cannot use the session; null when it can, and then it was used.</summary>
    private McpFault? Refuse(CallContext context)
    {
        if (!_data.IsOpen)
        {
            if (!_isOpening)
            {
                // An id that names no session must not cost memory.
                _activation.Deactivate();
            }

            return Unknown;
        }

        if (context.Principal != _data.Terms.Principal || context.Tenant != _data.Key.Tenant)
        {
            return Unknown;
        }

        if (_data.Age.IsExpired)
        {
            _ = _end.EndAsync(_connections.RingAllAsync);
            return Unknown;
        }

        if (_data.Age.Use())
        {
            // Nobody waits for a last-use time; a failure is logged, and ends the activation.
            _ = _data.CommitAsync();
        }

        return null;
    }

    /// <summary>Looks after what is open, and says whether anything is.</summary>
    private async Task<bool> BeatAsync()
    {
        if (!_data.IsOpen)
        {
            return false;
        }

        _data.Streams.DropLapsedLeases();
        if (_data.Age.IsExpired)
        {
            await _end.EndAsync(_connections.RingAllAsync);
            return false;
        }

        await _calls.FailLostCallsAsync();
        foreach (var question in _data.Questions.Answered)
        {
            await _inbox.HandOverAsync(_data.OwnContext(question.Call.ToString()), question);
        }

        await _retention.SweepAsync();
        var isBusy = _data.Streams.HasReaders || _data.Calls.Streaming.Any() || _data.Questions.HasAnswered;
        _data.Log.KeepsTail = isBusy;
        return isBusy;
    }
}
