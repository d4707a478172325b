using Smcp.Identity;

namespace Smcp.Runtimes.Process;

/// <summary>
/// How long a server is not started again, for each principal by the ends of its own processes: nobody waits for
/// another's. Thread-safe.
/// </summary>
internal sealed class CrashBackoffs(ProcessRuntimeOptions options, TimeProvider time)
{
    private const int KeptMax = 1_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, CrashBackoff> _backoffs = new(StringComparer.Ordinal);

    /// <param name="served">Null for all together.</param>
    public bool MayStart(PrincipalId? served)
    {
        lock (_lock)
        {
            return !_backoffs.TryGetValue(KeyOf(served), out var backoff) || backoff.MayStart();
        }
    }

    /// <summary>A process ended by itself, after so long a life.</summary>
    /// <returns>For how long none is started.</returns>
    public TimeSpan Ended(PrincipalId? served, TimeSpan life)
    {
        lock (_lock)
        {
            if (!_backoffs.TryGetValue(KeyOf(served), out var backoff))
            {
                Forget();
                _backoffs[KeyOf(served)] = backoff = new CrashBackoff(options, time);
            }

            return backoff.Ended(life);
        }
    }

    private static string KeyOf(PrincipalId? served) => served?.ToString() ?? string.Empty;

    /// <summary>Where there are many, those whose time is over begin anew.</summary>
    private void Forget()
    {
        if (_backoffs.Count >= KeptMax)
        {
            foreach (var (key, backoff) in _backoffs.ToArray())
            {
                if (backoff.MayStart())
                {
                    _backoffs.Remove(key);
                }
            }
        }
    }
}
