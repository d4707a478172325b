namespace Smcp.Security.Audit;

/// <summary>
/// Looks through a log, one bounded stretch a call. Order is by number, so a clock that jumped hides nothing.
/// </summary>
internal sealed class AuditSearch(AuditLog log, AuditOptions options)
{
    private const int ReadItems = 256;

    public async Task<AuditPage> PageAsync(AuditQuery query, CancellationToken cancellationToken)
    {
        var extent = await log.Storage.ExtentAsync(log.Name, cancellationToken);
        var limit = Math.Clamp(query.Limit, 1, options.PageItemsMax);
        List<AuditRecord> found = [];
        var first = Math.Max(1, Math.Max(extent.First, log.Head.AnchorSequence + 1));
        var position = query.Cursor ?? (query.IsOldestFirst ? first - 1 : extent.Last + 1);
        position = Math.Clamp(position, first - 1, extent.Last + 1);
        for (var scanned = 0; scanned < options.SearchItemsMax;)
        {
            var stretch = query.IsOldestFirst
                ? await ForwardAsync(position, extent.Last, cancellationToken)
                : await BackwardAsync(position, first, cancellationToken);
            if (stretch.Count == 0)
            {
                return new AuditPage { Records = found };
            }

            foreach (var record in stretch)
            {
                scanned++;
                position = record.Sequence;
                if (record.Body.Length > 0 && Matches(record.ReadEntry().Event, query))
                {
                    found.Add(record);
                    if (found.Count == limit)
                    {
                        return new AuditPage { Records = found, Next = position };
                    }
                }
            }
        }

        return new AuditPage { Records = found, Next = position };
    }

    private async Task<IReadOnlyList<AuditRecord>> ForwardAsync(
        long after, long last, CancellationToken cancellationToken)
    {
        var records = await log.Storage.ReadAsync(log.Name, after, ReadItems, cancellationToken);
        return [.. records.TakeWhile(record => record.Sequence <= last).Select(RecordOf)];
    }

    private async Task<IReadOnlyList<AuditRecord>> BackwardAsync(
        long before, long first, CancellationToken cancellationToken)
    {
        List<AuditRecord> stretch = [];
        for (var after = Math.Max(first, before - ReadItems) - 1; after < before - 1;)
        {
            var records = await log.Storage.ReadAsync(log.Name, after, (int)(before - 1 - after), cancellationToken);
            if (records.Count == 0)
            {
                break;
            }

            after = records[^1].Sequence;
            stretch.AddRange(records.Where(record => record.Sequence < before).Select(RecordOf));
        }

        stretch.Reverse();
        return stretch;
    }

    /// <summary>
    /// One that somebody wrote over has no body: it is passed by, and a walk over the chain names it.
    /// </summary>
    private static AuditRecord RecordOf(Storage.LogRecord record)
    {
        AuditChain.TryUnpack(record.Payload, out var hash, out _, out var body);
        return new AuditRecord
        {
            Sequence = record.Sequence,
            Hash = hash,
            Body = AuditLog.EntryOf(record) is null ? default : body,
        };
    }

    private static bool Matches(AuditEvent auditEvent, AuditQuery query) =>
        (query.From is not { } from || (auditEvent.LastTime ?? auditEvent.Time) >= from)
        && (query.To is not { } to || auditEvent.Time < to)
        && (query.Principal is not { } principal || auditEvent.Principal == principal)
        && (query.ActionPrefix is not { } prefix || auditEvent.Action.StartsWith(prefix, StringComparison.Ordinal))
        && (query.Outcome is not { } outcome || auditEvent.Outcome == outcome)
        && (query.Target is not { } target || auditEvent.Target == target)
        && (query.CorrelationId is not { } correlation || auditEvent.CorrelationId == correlation);
}
