using Smcp.Engine;

namespace Smcp.Sessions;

/// <summary>Beats, and keeps the activation alive, while a session has streams to look after.</summary>
internal sealed class Heartbeat(IActivationContext activation, TimeSpan period)
{
    private IDisposable? _timer;

    /// <summary>What a beat does. It says whether there is more to look after.</summary>
    public required Func<Task<bool>> OnBeat { get; init; }

    /// <summary>Begins to beat, if it does not yet.</summary>
    public void Start() => Start(period);

    /// <summary>Begins to beat at once, if it does not yet.</summary>
    public void StartNow() => Start(TimeSpan.Zero);

    public void Stop()
    {
        _timer?.Dispose();
        _timer = null;
        activation.DelayDeactivation(TimeSpan.Zero);
    }

    private void Start(TimeSpan due)
    {
        if (_timer is null)
        {
            KeepAlive();
            _timer = activation.RegisterTimer(BeatAsync, due, period);
        }
    }

    private async Task BeatAsync(CancellationToken cancellationToken)
    {
        if (await OnBeat())
        {
            KeepAlive();
        }
        else
        {
            Stop();
        }
    }

    /// <summary>Past the next beat, however late it comes.</summary>
    private void KeepAlive() => activation.DelayDeactivation(period * 3);
}
