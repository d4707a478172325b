using Microsoft.Extensions.Logging;
using Smcp.Engine;
using Smcp.Identity;
using Smcp.Mcp;
using Smcp.Protocol;
using Smcp.Runtimes;
using Smcp.Servers.Deploying;
using Smcp.Servers.Deploying.Manifests;
using Smcp.Servers.Health;
using Smcp.Tasks;
using Smcp.Usage;

namespace Smcp.Servers;

/// <summary>
/// The parts of an instance, tied together: what each tells the others, and what all of them do as the runtime starts
/// and ends, as time passes, and as the process stops. They are plain classes that live on the activation's scheduler.
/// </summary>
internal sealed class InstanceParts
{
    private static readonly McpFault Stopped =
        new(FaultReason.Internal, "The process stopped; whether the call took effect is unknown.");

    private readonly IActivationContext _activation;
    private readonly InstanceInbox _inbox;
    private readonly ParkedCalls _parked;
    private readonly HeldStates _held;
    private readonly InstancePulse _pulse;
    private readonly CallDrain _callDrain;
    private readonly InstanceHealth _health;
    private readonly InstanceWatch _watch;
    private readonly InstanceLog _log;
    private readonly SessionDelivery _delivery;
    private readonly TimeSpan _endPatience;
    private readonly InstanceManifests _manifests;
    private readonly UsageMeter _usage;
    private readonly int _notificationsMax;
    private readonly TimeSpan _peersKeptAlive;
    private InstanceEvents? _events;
    private long _calledAt;

    public InstanceParts(
        IActivationContext activation,
        RuntimeKinds kinds,
        IEngineFailures failures,
        InstanceSecurity security,
        InstanceOptions options,
        TaskOptions taskOptions,
        ILogger logger)
    {
        _activation = activation;
        _notificationsMax = options.NotificationsMax;
        _peersKeptAlive = options.PeersKeptAlive;
        var key = InstanceKey.Parse(activation.Key);
        _inbox = new InstanceInbox(logger);
        Holder = new RuntimeHolder(activation, kinds, options, logger);
        Gate = new InstanceGate(activation, key, Holder, security.Audit, options);
        var delivery = _delivery = new SessionDelivery(activation, failures, options, logger);
        Calls = new CallTable(activation, options);
        Peers = new PeerTable(activation, options, delivery, logger);
        Listeners = new ListenerTable(options, _inbox) { Shape = () => Holder.Shape };
        Answers = new CallAnswers(activation, Calls, _inbox, delivery) { OnReply = ShapeAsync };
        Runner = new CallRunner(activation, options, Calls, Answers, _inbox, Peers, logger);
        var states = new RequestStates(activation, options, security.Sealer);
        _held = new HeldStates(options, states, new ConsumedStates(activation, options));
        _parked = new ParkedCalls(activation, options, Calls, Answers, states) { OnPark = Stamp };
        var watches = new TaskWatches();
        var notices = new TaskNotices(Listeners, Peers, watches);
        Tasks = new TaskRuns(activation, taskOptions, Answers, notices, logger) { OnResult = Stamp };
        Listeners.Tasks = new TaskRequests(Tasks);
        var results = new TaskResults(activation, taskOptions, Tasks, watches, Peers, logger);
        var sessionTasks = new SessionTasks(taskOptions, Runner, Tasks, results, Peers);
        Router = new RequestRouter(Gate, Holder, Runner, states, _held, _parked, Listeners.Tasks, sessionTasks);
        _usage = new UsageMeter(activation, key, security.Usage.Value, logger);
        Runner.OnQuestion = call => Asker(call)(call);
        Runner.OnRun = Count;
        Runner.OnDetach = Tasks.Detach;
        Runner.OnDetachedReply = Tasks.End;
        Runner.OnAugment = Tasks.AugmentAsync;
        Runner.OnTell = (session, frame) => _events?.Notify(session, frame);
        _manifests = kinds.Manifests;
        _endPatience = options.DrainTimeout;
        _health = new InstanceHealth(activation.Key, activation.Time);
        _log = new InstanceLog(activation, key, _health.Id, _inbox, failures, kinds.Health);
        _watch = new InstanceWatch(activation, key, failures, options, _health, Holder, kinds.Health.CheckPeriod)
        {
            OnOver = why => _ = EndAtOnceAsync(why),
        };
        _pulse = new InstancePulse(activation, options, Beat);
        _callDrain = new CallDrain(activation, options, _inbox, Calls, Tasks)
        {
            Quicken = () => _pulse.Quicken(),
            Report = _usage.FlushAsync,
            FailOpen = () =>
            {
                Answers.FailOpen(Stopped);
                Tasks.FailAll(McpReply.Error(Stopped.ErrorBody()));
            },
        };
    }

    public RuntimeHolder Holder { get; }

    public InstanceGate Gate { get; }

    public CallTable Calls { get; }

    public CallAnswers Answers { get; }

    public CallRunner Runner { get; }

    public PeerTable Peers { get; }

    public ListenerTable Listeners { get; }

    public TaskRuns Tasks { get; }

    public RequestRouter Router { get; }

    /// <summary>Begins, and joins what waits for calls when the process stops.</summary>
    public void Begin(InstanceDrain drain)
    {
        _inbox.Start();
        drain.Add(_callDrain, _activation.Key);
    }

    /// <summary>Ends all of it: each client gets its error, and what sessions are owed is delivered.</summary>
    public async Task EndAsync(InstanceDrain drain, CancellationToken cancellationToken)
    {
        _pulse.Stop();
        drain.Remove(_callDrain);
        _callDrain.End();
        FailAll(CallRunner.ServerFailed);
        await Holder.StopAsync();
        await Answers.WhenDeliveredAsync(cancellationToken);
        await _usage.FlushAsync();
        await _log.FlushAsync();
        await _watch.EndAsync();
        _inbox.Close();
    }

    /// <summary>
    /// It may serve nobody any more: its calls are answered, its processes killed, its sessions ended, in this order
    /// and now.
    /// </summary>
    public async Task EndAtOnceAsync(McpFault why)
    {
        _events = null;
        _watch.Stop();
        Holder.LogOver(_activation.Key, why.Message);
        var sessions = Peers.Sessions;
        FailAll(new McpFault(
            FaultReason.Internal, $"{why.Message.TrimEnd('.')}. Whether the call took effect is unknown."));
        var killing = Holder.KillAsync();
        using var patience = new CancellationTokenSource(_endPatience, _activation.Time);
        try
        {
            await Answers.WhenDeliveredAsync(patience.Token);
            await Task.WhenAll(sessions.Select(_delivery.EndAsync)).WaitAsync(patience.Token);
            await killing.WaitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            // It ends without anybody waiting for it.
        }

        await _watch.EndAsync();
        _activation.Deactivate();
    }

    /// <summary>Makes the runtime run. Null when it does, or did until this moment; else why it cannot.</summary>
    public async ValueTask<McpFault?> StartAsync(CallContext context)
    {
        var events = new InstanceEvents(_inbox, _notificationsMax, OnNotify, OnEnded, OnNote, _log.Take);
        var starting = Holder.StartAsync(context, events, out var begun);
        if (begun)
        {
            _events = events;
            _health.Begin();
            _health.Served = InstanceKey.Parse(_activation.Key).IsOfOne ? context.Principal : null;
        }

        var fault = await starting;
        if (begun && (fault is null || Holder.HasFailed))
        {
            _health.Fail(fault?.Message);
            _watch.Begin();
        }

        return fault;
    }

    /// <summary>
    /// The answer to a session's <c>initialize</c> by what was approved, where something would be started only for it.
    /// </summary>
    public McpReply? IntroductionAtRest(CallContext context, InstancePeer peer) =>
        Holder.Guard is { } guard && Holder.Current is IRestingRuntime runtime
            && !runtime.IsAwake(peer.Session, context, peer.Initialize)
            ? guard.InitializationAtRest()
            : null;

    /// <summary>What the server offers, as a plain client finds it.</summary>
    public ValueTask<ManifestOutcome> ReadManifestAsync(
        IServerRuntime runtime, CallContext caller, CancellationToken cancellationToken) =>
        _manifests.ReadAsync(runtime, caller, cancellationToken);

    /// <summary>A call comes: its window and deadline are watched.</summary>
    public void BeginCall()
    {
        _pulse.Quicken();
        _calledAt = _activation.Time.GetTimestamp();
    }

    /// <summary>A listener comes.</summary>
    public void BeginListening() => _pulse.Quicken(PulseRate.Slow);

    private Action<InFlightCall> Asker(InFlightCall call) =>
        call.Tasks == TaskSupport.Forbidden ? _parked.Collect : Tasks.Ask;

    /// <summary>An answer of the runtime as its client must get it.</summary>
    private ValueTask<McpReply> ShapeAsync(InFlightCall call, McpReply reply)
    {
        var asksInput = false;
        var shaped = Holder.Shape?.Shape(call.Revision, call.Request.Call.Method, reply, out asksInput) ?? reply;
        shaped = Gate.Show(call.Caller, call.Request.Call.Method, shaped);
        if (Holder.Guard is { } guard && call.Request.Call.Method == McpMethods.Discover)
        {
            shaped = guard.Introduce(shaped);
        }

        return asksInput ? _held.WrapAsync(call, shaped) : new(shaped);
    }

    private McpReply Stamp(InFlightCall call, McpReply reply) =>
        Holder.Shape?.Stamp(call.Request.Call.Method, reply, out _) ?? reply;

    private void Count(InFlightCall call, McpReply reply)
    {
        var took = _activation.Time.GetElapsedTime(call.StartedAt);
        _usage.Count(call.Caller.Principal, call.Request.Call, reply, took);
        _health.Count(reply.IsError && !call.Cancelled.IsCancellationRequested && ServerErrors.Is(reply));
        _pulse.Quicken();
    }

    private void OnNotify(InstanceEvents source, RuntimeAudience audience, McpFrame frame)
    {
        if (source != _events)
        {
            return;
        }

        if (Holder.Guard is not null && ManifestGuard.IsListChange(frame.Method))
        {
            // What is pinned does not change: the next caller finds out what did.
            Holder.Drift.Reset();
            return;
        }

        if (audience.Principal is null)
        {
            Peers.Notify(audience.Session, frame);
        }

        if (audience.Session is null)
        {
            Listeners.Notify(audience.Principal, frame);
        }
    }

    private void OnEnded(InstanceEvents source, string reason)
    {
        if (source == _events)
        {
            _events = null;
            Holder.LogEnded(_activation.Key, reason);
            FailAll(CallRunner.ServerFailed);
            _ = Holder.StopAsync();
        }
    }

    private void OnNote(RuntimeNote note)
    {
        if (_health.Take(note))
        {
            _watch.Tell();
        }
    }

    private void FailAll(McpFault why)
    {
        Runner.FailAll(why);
        _parked.Clear();
        Tasks.FailAll(McpReply.Error(why.ErrorBody()));
        Peers.Clear();
        Listeners.EndAll();
    }

    /// <summary>The pulse: what time ends, and how closely the work that is left must be watched.</summary>
    private PulseRate Beat()
    {
        Runner.Sweep();
        _parked.Sweep();
        Tasks.Sweep();
        _callDrain.Look();
        if (_usage.Beat() || Calls.Count > 0 || _callDrain.IsDraining)
        {
            return PulseRate.Quick;
        }

        var peersKept = Peers.Count > 0 && _activation.Time.GetElapsedTime(_calledAt) < _peersKeptAlive;
        return peersKept || _parked.Count + Listeners.Count + Tasks.Count > 0 ? PulseRate.Slow : PulseRate.None;
    }
}
