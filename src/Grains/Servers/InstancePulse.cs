using Smcp.Engine;

namespace Smcp.Servers;

/// <summary>
/// The one timer of an instance: a call sets none of its own. It beats at the rate that the open work needs, stops when
/// there is none, and keeps the activation from being collected meanwhile.
/// </summary>
internal sealed class InstancePulse(IActivationContext activation, InstanceOptions options, Func<PulseRate> beat)
{
    private static readonly TimeSpan KeptAlive = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan SlowInterval = TimeSpan.FromSeconds(5);

    // So many quick beats without work before it slows down: a busy instance is not to set and drop timers all
    // the time.
    private const int IdleBeatsMax = 20;

    private IDisposable? _timer;
    private PulseRate _rate;
    private int _idleBeats;
    private long _keptAliveAt = long.MinValue;

    /// <summary>Beats at least as fast as this from now on.</summary>
    public void Quicken(PulseRate rate = PulseRate.Quick)
    {
        if (rate > _rate)
        {
            Set(rate);
        }
    }

    public void Stop() => Set(PulseRate.None);

    private void Set(PulseRate rate)
    {
        _timer?.Dispose();
        _rate = rate;
        _idleBeats = 0;
        var interval = rate == PulseRate.Quick ? options.SweepInterval : SlowInterval;
        _timer = rate == PulseRate.None ? null : activation.RegisterTimer(BeatAsync, interval, interval);
    }

    private Task BeatAsync(CancellationToken cancellationToken)
    {
        var needed = beat();
        if (needed != PulseRate.None)
        {
            KeepAlive();
        }

        _idleBeats = needed >= _rate ? 0 : _idleBeats + 1;
        if (_idleBeats > IdleBeatsMax || (_idleBeats > 0 && _rate == PulseRate.Slow))
        {
            Set(needed);
        }

        return Task.CompletedTask;
    }

    private void KeepAlive()
    {
        var now = activation.Time.GetTimestamp();
        if (_keptAliveAt == long.MinValue || activation.Time.GetElapsedTime(_keptAliveAt, now) > KeptAlive / 4)
        {
            _keptAliveAt = now;
            activation.DelayDeactivation(KeptAlive);
        }
    }
}
