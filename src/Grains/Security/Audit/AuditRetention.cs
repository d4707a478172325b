namespace Smcp.Security.Audit;

/// <summary>
/// Drops what is older than the retention, from the beginning of the log on. Two clocks must agree, so that one which
/// jumps drops nothing early: the wall clock, and the time for which the log was swept since the record was written,
/// which grows by one period a sweep whatever the wall clock says. A record from a later time than now has no
/// wall-clock age, and goes by the sweeps alone. While no node runs, nothing is swept: records are held longer then.
/// </summary>
internal sealed class AuditRetention(AuditLog log, AuditOptions options)
{
    private const int ReadItems = 256;

    /// <summary>Sweeps once; says how many records went.</summary>
    public async Task<long> SweepAsync(TimeSpan retention, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var swept = log.Head.Swept + options.SweepPeriod;
        var from = log.Head.AnchorSequence;
        var (anchor, anchorHash) = (from, log.Head.AnchorHash);
        var (position, before) = (from, log.Beginning);
        for (var goesOn = true; goesOn && position - from < options.SweepItemsMax;)
        {
            var records = await log.Storage.ReadAsync(log.Name, position, ReadItems, cancellationToken);
            goesOn = records.Count > 0 && records[^1].Sequence <= log.Head.Sequence;
            foreach (var record in records.TakeWhile(record => record.Sequence <= log.Head.Sequence))
            {
                var entry = log.IsWhole(record, before) ? AuditLog.EntryOf(record) : null;
                AuditChain.TryUnpack(record.Payload, out before, out _, out _);
                position = record.Sequence;
                if (entry is not null && !IsOver(entry, retention, swept, now))
                {
                    goesOn = false;
                    break;
                }

                // One that was tampered with says nothing about its age: it goes with the next that does.
                (anchor, anchorHash) = entry is null ? (anchor, anchorHash) : (position, before);
            }
        }

        await log.SweptAsync(options.SweepPeriod, now + options.SweepPeriod, anchor, anchorHash);
        return anchor - from;
    }

    private static bool IsOver(AuditEntry entry, TimeSpan retention, TimeSpan swept, DateTimeOffset now) =>
        entry.Swept + retention < swept && (entry.RecordedAt > now || entry.RecordedAt + retention <= now);
}
