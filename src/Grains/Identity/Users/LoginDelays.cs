namespace Smcp.Identity.Users;

/// <summary>
/// Makes each wrong password wait longer than the one before, up to a cap, once a number of them was free. A try that
/// comes too early is not counted, so nobody can keep a name closed by asking; the wait always ends.
/// </summary>
internal sealed class LoginDelays(UserOptions options, TimeProvider time, int failuresFree)
{
    private int _failures;
    private long _failedAt;

    /// <summary>How long the next try has to wait; zero when it may be made.</summary>
    public TimeSpan Remaining
    {
        get
        {
            var left = Delay - time.GetElapsedTime(_failedAt);
            return left > TimeSpan.Zero ? left : TimeSpan.Zero;
        }
    }

    /// <summary>Whether what is counted here matters no more.</summary>
    public bool IsForgotten => _failures == 0 || time.GetElapsedTime(_failedAt) > MemoryOf(options);

    private TimeSpan Delay
    {
        get
        {
            if (_failures < failuresFree)
            {
                return TimeSpan.Zero;
            }

            var doublings = Math.Min(_failures - failuresFree, 30);
            var delay = options.FailureDelay * Math.Pow(2, doublings);
            return delay < options.FailureDelayMax ? delay : options.FailureDelayMax;
        }
    }

    /// <summary>How long failures are remembered.</summary>
    public static TimeSpan MemoryOf(UserOptions options) => 2 * options.FailureDelayMax;

    public void Fail()
    {
        _failures = IsForgotten ? 1 : _failures + 1;
        _failedAt = time.GetTimestamp();
    }

    public void Succeed() => _failures = 0;
}
