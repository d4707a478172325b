namespace Smcp.Sessions;

/// <summary>
/// How old a session is, and how long it was idle. Wall-clock times are read once, when the activation begins; from
/// then on only time that really passed counts, so a clock that is set back or forward ends no session.
/// </summary>
internal sealed class SessionAge(TimeProvider time, SessionOptions options)
{
    private TimeSpan _ageAtStart;
    private TimeSpan _idleAtUse;
    private long _startedAt;
    private long _usedAt;
    private long _committedAt;
    private TimeSpan _behindAtCommit;
    private bool _isUsed;

    /// <summary>How long until it expires if it is not used; not positive once it has.</summary>
    public TimeSpan Remaining
    {
        get
        {
            var idle = options.IdleTimeout - _idleAtUse - time.GetElapsedTime(_usedAt);
            var absolute = options.AbsoluteTimeout - _ageAtStart - time.GetElapsedTime(_startedAt);
            return idle < absolute ? idle : absolute;
        }
    }

    public bool IsExpired => Remaining <= TimeSpan.Zero;

    /// <summary>
    /// Begins to count. A last use read from storage is up to a tenth of the idle time-out behind, so that much is
    /// granted.
    /// </summary>
    public void Begin(DateTimeOffset createdAt, DateTimeOffset lastUsedAt)
    {
        var now = time.GetUtcNow();
        _startedAt = _usedAt = _committedAt = time.GetTimestamp();
        _ageAtStart = NotNegative(now - createdAt);
        _behindAtCommit = NotNegative(now - lastUsedAt);
        _idleAtUse = NotNegative(_behindAtCommit - (options.IdleTimeout / 10));
    }

    /// <summary>
    /// The client was heard of. Says whether that should be committed: once in a tenth of the idle time-out.
    /// </summary>
    public bool Use()
    {
        _usedAt = time.GetTimestamp();
        _idleAtUse = TimeSpan.Zero;
        _isUsed = true;
        if (_behindAtCommit + time.GetElapsedTime(_committedAt, _usedAt) < options.IdleTimeout / 10)
        {
            return false;
        }

        _behindAtCommit = TimeSpan.Zero;
        _committedAt = _usedAt;
        return true;
    }

    /// <summary>
    /// When the client was last heard of, by the wall clock; null when not since the activation began.
    /// </summary>
    public DateTimeOffset? LastUsedAt => _isUsed ? time.GetUtcNow() - time.GetElapsedTime(_usedAt) : null;

    private static TimeSpan NotNegative(TimeSpan span) => span < TimeSpan.Zero ? TimeSpan.Zero : span;
}
