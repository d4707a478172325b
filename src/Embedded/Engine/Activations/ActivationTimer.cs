namespace Smcp.Engine.Activations;

/// <summary>A grain's timer: each tick is a turn, and the next is set when it has ended.</summary>
internal sealed class ActivationTimer : IDisposable
{
    private readonly Activation _activation;
    private readonly Func<CancellationToken, Task> _callback;
    private readonly TimeSpan _period;
    private readonly ITimer _timer;
    private readonly CancellationTokenSource _lifetime = new();

    public ActivationTimer(
        Activation activation, Func<CancellationToken, Task> callback, TimeSpan dueTime, TimeSpan period)
    {
        _activation = activation;
        _callback = callback;
        _period = period;
        // The timer must not carry the context of the call that set it into its ticks.
        using (ExecutionContext.SuppressFlow())
        {
            _timer = activation.Services.Time.CreateTimer(
                static timer => ((ActivationTimer)timer!).Tick(), this, dueTime, Timeout.InfiniteTimeSpan);
        }
    }

    public bool IsDisposed { get; private set; }

    public void Dispose()
    {
        if (!IsDisposed)
        {
            IsDisposed = true;
            _timer.Dispose();
            _activation.Remove(this);
            _lifetime.Cancel();
        }
    }

    public Task RunAsync() => _callback(_lifetime.Token);

    /// <summary>The tick's turn is over: the period counts from here.</summary>
    public void Rearm()
    {
        if (!IsDisposed)
        {
            _timer.Change(_period, Timeout.InfiniteTimeSpan);
        }
    }

    private void Tick() => _activation.Offer(new TimerTurn(this), mayRunHere: false);
}
