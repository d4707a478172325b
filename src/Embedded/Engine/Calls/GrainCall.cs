namespace Smcp.Engine.Calls;

/// <summary>
/// One call in the engine: request and response. The caller's side ends once, by answer, time-out or cancellation,
/// whichever is first; the grain's side runs on until it is done.
/// </summary>
internal abstract class GrainCall : Turn
{
    private const int Answered = 1;
    private const int Tracked = 2;

    private int _marks;
    private CancellationTokenSource? _cancellation;
    private CancellationTokenRegistration _callerRegistration;

    /// <summary>Where and how the call is tracked while it is unanswered; kept by <see cref="PendingCalls"/>.</summary>
    public PendingCalls.Link Link;

    public override bool IsOver => (Volatile.Read(ref _marks) & Answered) != 0;

    /// <summary>A call that was begun and may stay unanswered for as long as it likes.</summary>
    public virtual bool IsHeld => false;

    /// <summary>The token that the grain method gets.</summary>
    protected CancellationToken GrainToken => (_cancellation ??= new CancellationTokenSource()).Token;

    /// <summary>Sends every argument through its wire form.</summary>
    public virtual void CrossWire(IWireForm wire)
    {
    }

    /// <summary>From now on the call times out, and ends when its caller cancels.</summary>
    public void Track(PendingCalls pending, CancellationToken cancellationToken)
    {
        pending.Add(this);
        if (cancellationToken.CanBeCanceled)
        {
            _callerRegistration = cancellationToken.UnsafeRegister(
                static (call, token) => ((GrainCall)call!).Abandon(new OperationCanceledException(token)), this);
        }

        if ((Interlocked.Or(ref _marks, Tracked) & Answered) != 0)
        {
            Untrack();
        }
    }

    /// <summary>The caller gets this exception, and the grain, if it runs the call, a cancelled token.</summary>
    public void Abandon(Exception exception)
    {
        if (TryAnswer())
        {
            SetFailure(exception);
            Target?.Post(new CallCancellation(this));
        }
    }

    /// <summary>
    /// Cancels the grain method's token: on the scheduler, as what was registered with it is grain code.
    /// </summary>
    public virtual void CancelGrain() => _cancellation?.Cancel();

    public override void Refuse(Exception reason)
    {
        if (TryAnswer())
        {
            SetFailure(reason);
        }
    }

    /// <summary>True for the one who may set the answer.</summary>
    protected bool TryAnswer()
    {
        var marks = Interlocked.Or(ref _marks, Answered);
        if ((marks & Tracked) != 0 && (marks & Answered) == 0)
        {
            Untrack();
        }

        return (marks & Answered) == 0;
    }

    protected abstract void SetFailure(Exception exception);

    private void Untrack()
    {
        _callerRegistration.Unregister();
        Link.Pending!.Remove(this);
    }
}
