namespace Smcp.Runtimes.Process;

/// <summary>
/// How long a server is not started again whose process ended by itself: twice as long each time, from the beginning
/// once one lived long enough. Thread-safe.
/// </summary>
internal sealed class CrashBackoff(ProcessRuntimeOptions options, TimeProvider time)
{
    private readonly Lock _lock = new();
    private TimeSpan _delay = options.RestartDelay;
    private TimeSpan _rest;
    private long _since;

    public bool MayStart()
    {
        lock (_lock)
        {
            return _rest == TimeSpan.Zero || time.GetElapsedTime(_since) >= _rest;
        }
    }

    /// <summary>A process ended by itself, after so long a life.</summary>
    /// <returns>For how long none is started.</returns>
    public TimeSpan Ended(TimeSpan life)
    {
        lock (_lock)
        {
            if (life >= options.StableAfter)
            {
                _delay = options.RestartDelay;
            }

            _since = time.GetTimestamp();
            _rest = _delay;
            _delay = _delay * 2 < options.RestartDelayMax ? _delay * 2 : options.RestartDelayMax;
            return _rest;
        }
    }
}
