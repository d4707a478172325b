namespace Smcp.Security.Audit;

/// <summary>One window: what was recorded one by one in it, and what was counted.</summary>
internal sealed class AuditWindow(DateTimeOffset openedAt, TimeSpan length, bool isRenewed)
{
    private DateTimeOffset _openedAt = openedAt;
    private AuditEvent? _first;
    private DateTimeOffset _last;
    private long _count;

    /// <summary>Events recorded one by one.</summary>
    public int Seen { get; set; }

    /// <summary>Principals whose first failure was recorded in it, however many there were of others.</summary>
    public int Principals { get; set; }

    /// <summary>Over its length; also when the clock went back behind its beginning.</summary>
    public bool IsOver(DateTimeOffset now) => now - _openedAt >= length || now < _openedAt;

    public void Add(AuditEvent auditEvent)
    {
        _first ??= auditEvent;
        _last = auditEvent.Time;
        _count++;
    }

    /// <summary>The record of what was counted; null for nothing.</summary>
    public AuditEvent? Record() =>
        _first is null ? null : _first with { Count = _count, LastTime = _last };

    /// <summary>Begins again, empty, when it is of the kind that does and counted something.</summary>
    public bool Renew(DateTimeOffset now)
    {
        var goesOn = isRenewed && _count > 0;
        _openedAt = now;
        _first = null;
        _count = 0;
        return goesOn;
    }
}
