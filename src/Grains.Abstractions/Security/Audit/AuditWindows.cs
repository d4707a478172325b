namespace Smcp.Security.Audit;

/// <summary>
/// Decides what is recorded one by one and what is counted: failures and denials of one principal, or of one address
/// where none is known, and one reason once they flood, but for the first of each principal; repeated successes by
/// credential and session. Each window ends with one record that holds its count. For one thread at a time.
/// </summary>
internal sealed class AuditWindows(AuditTrailOptions options)
{
    private readonly Dictionary<AuditWindowKey, AuditWindow> _windows = [];

    /// <summary>Windows that are open.</summary>
    public int Count => _windows.Count;

    /// <summary>Whether the event is to be recorded by itself; otherwise it was counted.</summary>
    public bool Admits(AuditEvent auditEvent, DateTimeOffset now) => auditEvent switch
    {
        { Outcome: AuditOutcome.Failure or AuditOutcome.Denied } => AdmitsFailure(auditEvent, now),
        { Action: AuditActions.AuthSuccess or AuditActions.SecretRead, Outcome: AuditOutcome.Success } =>
            AdmitsSuccess(auditEvent, now),
        _ => true,
    };

    /// <summary>
    /// The records of the windows that are over; all of them when <paramref name="now"/> is null. A window of
    /// successes that counted some begins anew: the next is not a first one.
    /// </summary>
    public IReadOnlyList<AuditEvent> Close(DateTimeOffset? now)
    {
        List<AuditEvent> records = [];
        foreach (var (key, window) in _windows.ToList())
        {
            if (now is { } moment && !window.IsOver(moment))
            {
                continue;
            }

            if (window.Record() is { } record)
            {
                records.Add(record);
            }

            if (now is not { } again || !window.Renew(again))
            {
                _windows.Remove(key);
            }
        }

        return records;
    }

    private bool AdmitsFailure(AuditEvent auditEvent, DateTimeOffset now)
    {
        var every = AuditWindowKey.OfFailures(auditEvent, isOfOne: false);
        var all = Open(every, options.FailureWindow, now, isRenewed: false, isForced: true)!;
        var key = AuditWindowKey.OfFailures(auditEvent, isOfOne: true);

        // However many others fail, whoever has a name is named once: as many of these as of all the rest.
        var isReserved = auditEvent.Principal is not null && all.Principals < options.FailuresPerTenantMax
            && !_windows.ContainsKey(key);
        var one = Open(key, options.FailureWindow, now, isRenewed: false, isForced: isReserved);
        if (isReserved)
        {
            all.Principals++;
            one!.Seen++;
            return true;
        }

        if (one is not null && one.Seen >= options.FailuresEachMax)
        {
            one.Add(auditEvent);
            return false;
        }

        if (one is null || all.Seen >= options.FailuresPerTenantMax)
        {
            all.Add(auditEvent with { Address = null, Principal = null, Credential = null, Session = null });
            return false;
        }

        one.Seen++;
        all.Seen++;
        return true;
    }

    private bool AdmitsSuccess(AuditEvent auditEvent, DateTimeOffset now)
    {
        var length = auditEvent.Session is null ? options.SuccessWindow : options.SessionWindow;
        var window = Open(AuditWindowKey.OfSuccesses(auditEvent), length, now, isRenewed: true);
        if (window is { Seen: > 0 })
        {
            window.Add(auditEvent);
            return false;
        }

        if (window is not null)
        {
            window.Seen++;
        }

        return true;
    }

    /// <summary>The window of this key; null when there is no room. Windows over all addresses are few.</summary>
    private AuditWindow? Open(
        AuditWindowKey key, TimeSpan length, DateTimeOffset now, bool isRenewed, bool isForced = false)
    {
        if (!_windows.TryGetValue(key, out var window) && (isForced || _windows.Count < options.WindowsMax))
        {
            _windows[key] = window = new AuditWindow(now, length, isRenewed);
        }

        return window;
    }
}
