using System.Diagnostics;
using Smcp.Engine.Calls;
using Smcp.Engine.Faults;
using Smcp.Engine.Responses;
using Smcp.Storage;

namespace Smcp.Engine.Activations;

/// <summary>
/// One activation of a grain: its object, its scheduler, and which turns may run. Everything but <see cref="Offer"/>
/// and <see cref="Post"/> happens on the scheduler, so nothing here is locked.
/// </summary>
internal sealed class Activation
{
    private readonly GrainDirectory _directory;
    private readonly ActivationScheduler _scheduler;
    private readonly ActivationContext _context;
    private readonly GrainLife _life;
    private readonly ActivationParts _parts = new();
    private readonly Queue<Turn> _waiting = new();
    private ActivationPhase _phase;
    private DeactivationCause? _endRequested;
    private ITimer? _patience;
    private TaskCompletionSource? _ended;
    private Exception? _conflict;
    private int _backlog;
    private int _running;
    private int _inUse;
    private long _lastUse;
    private bool _exclusiveRuns;
    private bool _isAdvancing;
    private bool _isDeactivating;

    public Activation(GrainDirectory directory, string key)
    {
        _directory = directory;
        Key = key;
        _scheduler = new ActivationScheduler(directory.Services);
        _context = new ActivationContext(this, directory);
        _life = new GrainLife(directory, key, _context);
    }

    public string Key { get; }

    public EngineServices Services => _directory.Services;

    public object Grain => _life.Grain;

    public bool IsCurrent => _scheduler.IsCurrent;

    /// <summary>For anybody to look at: whether a call runs or waits here now.</summary>
    public bool IsQuiet => Volatile.Read(ref _inUse) == 0 && Volatile.Read(ref _backlog) == 0;

    public override string ToString() => $"{_directory.GrainType}/{Key}";

    /// <summary>Takes a call from anywhere, to be run as soon as the rules allow.</summary>
    public void Offer(Turn turn, bool mayRunHere)
    {
        turn.Target = this;
        if (Interlocked.Increment(ref _backlog) > Services.Options.MailboxLengthMax && turn is GrainCall)
        {
            Interlocked.Decrement(ref _backlog);
            turn.Refuse(new GrainUnavailableException($"{this} has too many calls waiting."));
            return;
        }

        _scheduler.Post(turn, mayRunHere);
    }

    /// <summary>Runs an item of the engine on the scheduler.</summary>
    public void Post(WorkItem item) => _scheduler.Post(item, mayRunHere: false);

    public void Admit(Turn turn)
    {
        if (Services.Chaos is { } chaos && IsMetBy(chaos, turn))
        {
            return;
        }

        switch (_phase)
        {
            case ActivationPhase.Active when turn.Interleaves || !_exclusiveRuns:
                Begin(turn);
                Advance();
                break;
            case ActivationPhase.New:
                _waiting.Enqueue(turn);
                _ = ActivateAsync();
                break;
            case ActivationPhase.Ended:
                Forward(turn);
                break;
            case ActivationPhase.Ending when turn.IsBound:
                Forward(turn);
                break;
            default:
                _waiting.Enqueue(turn);
                break;
        }
    }

    /// <summary>A turn is done; an own version conflict that it let escape ends the activation.</summary>
    public void EndTurn(Turn turn, Exception? exception)
    {
        _running--;
        _exclusiveRuns &= turn.Interleaves;
        if (turn.IsUse)
        {
            _inUse--;
            _lastUse = Services.Clock.Timestamp;
        }

        if (exception is not null && ReferenceEquals(exception, _conflict))
        {
            Services.LogConflictEscaped(_directory.GrainType, Key, turn.Name);
            End(DeactivationCause.Failed);
        }

        Advance();
        _directory.Engine.NoteTurnEnd();
    }

    /// <summary>A write of this very activation met another version.</summary>
    public void NoteConflict(StateConflictException conflict) => _conflict = conflict;

    /// <summary>Something that ends with the activation.</summary>
    public void Add(IDisposable part) => _parts.Add(part);

    public void Remove(IDisposable part) => _parts.Remove(part);

    public void Add(IResponseProducer response) => _parts.Add(response);

    public void Remove(IResponseProducer response) => _parts.Remove(response);

    /// <summary>Work of the engine in the grain's name, which the end waits for.</summary>
    public void BeginWork() => _running++;

    public void EndWork()
    {
        _running--;
        Advance();
    }

    /// <summary>From anywhere: whether <see cref="Sweep"/> may have something to do.</summary>
    public bool NeedsSweep => _parts.HasResponses || (IsQuiet && IsIdle());

    /// <summary>Ends what nobody uses: response streams left unpulled, or the whole activation.</summary>
    public void Sweep()
    {
        _parts.AbortLeft();
        if (_running == 0 && IsQuiet && IsIdle() && !_context.IsDelayed)
        {
            End(DeactivationCause.Idle);
        }
    }

    /// <summary>Ends the activation once its running turns are done.</summary>
    public void End(DeactivationCause cause)
    {
        if (_phase is ActivationPhase.New or ActivationPhase.Activating)
        {
            _endRequested ??= cause;
            return;
        }

        if (_phase != ActivationPhase.Active)
        {
            return;
        }

        _phase = ActivationPhase.Ending;
        _endRequested = cause;
        _parts.Abort();
        if (_running > 0)
        {
            _patience = Services.Time.CreateTimer(
                static item => ((ActivationItem)item!).Post(),
                new ActivationItem(this, static activation => activation.LosePatience()),
                Services.Options.DeactivationTimeout, Timeout.InfiniteTimeSpan);
        }

        Advance();
    }

    /// <summary>Completes when the activation has ended.</summary>
    public Task WhenEndedAsync()
    {
        _ended ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (_phase is ActivationPhase.Ended or ActivationPhase.New)
        {
            _ended.TrySetResult();
        }

        return _ended.Task;
    }

    /// <summary>
    /// Leaves the activation as it is, as if its process had died: what it runs may go on, but nobody comes to it.
    /// </summary>
    public void Abandon()
    {
        if (_phase == ActivationPhase.Ended)
        {
            return;
        }

        _patience?.Dispose();
        _parts.Abort();
        _directory.Remove(this);
        _phase = ActivationPhase.Ended;
        _ended?.TrySetResult();
        while (_waiting.TryDequeue(out var turn))
        {
            Forward(turn);
        }
    }

    private void Begin(Turn turn)
    {
        Interlocked.Decrement(ref _backlog);
        if (turn.IsOver)
        {
            return;
        }

        _running++;
        _exclusiveRuns |= !turn.Interleaves;
        if (turn.IsUse)
        {
            _inUse++;
        }

        // A turn may be begun in the context of the one that ended before it.
        ExecutionContext.Restore(PoolThread.Blank);
        if (turn.Trace is { } trace)
        {
            Activity.Current = trace;
        }

        turn.Begin(this);
    }

    /// <summary>Begins what may run now, in the order it came, and the end when nothing runs any more.</summary>
    private void Advance()
    {
        if (_isAdvancing)
        {
            return;
        }

        _isAdvancing = true;
        while (_phase == ActivationPhase.Active && !_exclusiveRuns && _waiting.TryDequeue(out var turn))
        {
            PoolThread.HandOver();
            Begin(turn);
        }

        _isAdvancing = false;
        if (_phase == ActivationPhase.Ending && _running == 0 && !_isDeactivating)
        {
            _isDeactivating = true;
            _ = DeactivateAsync(_endRequested ?? DeactivationCause.Idle);
        }
    }

    private async Task ActivateAsync()
    {
        _phase = ActivationPhase.Activating;
        if (await _life.BeginAsync() is { } exception)
        {
            Fail(new GrainUnavailableException($"{this} could not be activated: {exception.Message}", exception));
            return;
        }

        _phase = ActivationPhase.Active;
        _lastUse = Services.Clock.Timestamp;
        var arrived = _waiting.ToArray();
        _waiting.Clear();
        foreach (var turn in arrived)
        {
            Admit(turn);
        }

        if (_endRequested is { } cause)
        {
            End(cause);
        }
    }

    private void Fail(GrainUnavailableException reason)
    {
        while (_waiting.TryDequeue(out var turn))
        {
            Interlocked.Decrement(ref _backlog);
            turn.Refuse(reason);
        }

        Abandon();
    }

    private async Task DeactivateAsync(DeactivationCause cause)
    {
        _patience?.Dispose();
        await _life.EndAsync(cause);
        Abandon();
    }

    private void LosePatience()
    {
        if (_phase == ActivationPhase.Ending && !_isDeactivating)
        {
            Services.LogActivationAbandoned(_directory.GrainType, Key, _running);
            Abandon();
        }
    }

    /// <summary>Under test: what may become of an activation between calls.</summary>
    private bool IsMetBy(Chaos chaos, Turn turn)
    {
        if (_phase != ActivationPhase.Active || _running > 0 || turn.IsBound || !turn.IsUse)
        {
            return false;
        }

        switch (chaos.NextActivationFate())
        {
            case ActivationFate.Killed:
                Abandon();
                Forward(turn);
                return true;
            case ActivationFate.Moved:
                _waiting.Enqueue(turn);
                End(DeactivationCause.Moved);
                return true;
            case ActivationFate.Duplicated:
                _directory.Duplicate(this);
                Forward(turn);
                return true;
            default:
                return false;
        }
    }

    private bool IsIdle() =>
        _phase == ActivationPhase.Active
        && Services.Time.GetElapsedTime(Volatile.Read(ref _lastUse), Services.Clock.Timestamp)
            >= Services.Options.IdleTimeout;

    private void Forward(Turn turn)
    {
        Interlocked.Decrement(ref _backlog);
        if (turn.IsBound)
        {
            turn.Refuse(new ResponseAbortedException($"The activation of {this} ended."));
            return;
        }

        _directory.Send(turn, mayRunHere: false);
    }
}
