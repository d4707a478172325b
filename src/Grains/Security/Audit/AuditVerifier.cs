using Smcp.Storage;

namespace Smcp.Security.Audit;

/// <summary>
/// Walks a log's chain and names what is other than it was written. After a break it goes on from what the record
/// itself says, so that one break hides no other.
/// </summary>
internal sealed class AuditVerifier(AuditLog log, AuditOptions options)
{
    private const int ReadItems = 256;

    private readonly List<AuditBreak> _breaks = [];

    public async Task<AuditVerification> WalkAsync(long afterSequence, CancellationToken cancellationToken)
    {
        // What is appended meanwhile is another walk's.
        var head = log.Head;
        var position = Math.Max(afterSequence, head.AnchorSequence);
        var before = position == head.AnchorSequence ? log.Beginning : await HashAtAsync(position, cancellationToken);
        if (!log.IsHeadSealed)
        {
            Note(head.Sequence, "the head of the log was changed");
        }

        long walked = 0;
        while (position < head.Sequence && walked < options.VerifyItemsMax)
        {
            var records = await ReadAsync(position, cancellationToken);
            if (records is not { Count: > 0 })
            {
                Note(position + 1, records is null
                    ? "the store finds records damaged, or cannot read them now"
                    : $"records {position + 1} to {head.Sequence} are gone from the end");
                position = head.Sequence;
                before = head.Hash;
                break;
            }

            foreach (var record in records.TakeWhile(record => record.Sequence <= head.Sequence))
            {
                before = Check(record, position, before);
                position = record.Sequence;
                walked++;
            }

            if (records[^1].Sequence > head.Sequence)
            {
                break;
            }
        }

        var isDone = position >= head.Sequence || _breaks.Count == options.BreaksMax;
        if (position == head.Sequence && head.Sequence > 0 && !AuditChain.IsSame(before, head.Hash.Span))
        {
            Note(position, "the newest record is not the one that was acknowledged");
        }

        return new AuditVerification
        {
            Checked = walked,
            Breaks = _breaks,
            Next = isDone ? null : position,
            HeadSequence = head.Sequence,
            HeadHash = head.Hash,
        };
    }

    /// <summary>Records after a number; null when the store refuses to serve them.</summary>
    private async Task<IReadOnlyList<LogRecord>?> ReadAsync(long position, CancellationToken cancellationToken)
    {
        try
        {
            return await log.Storage.ReadAsync(log.Name, position, ReadItems, cancellationToken);
        }
        catch (StorageUnavailableException)
        {
            return null;
        }
    }

    private ReadOnlyMemory<byte> Check(LogRecord record, long position, ReadOnlyMemory<byte> before)
    {
        if (record.Sequence != position + 1)
        {
            Note(position + 1, $"records {position + 1} to {record.Sequence - 1} are gone");
        }

        if (!AuditChain.TryUnpack(record.Payload, out var hash, out var seal, out var body))
        {
            Note(record.Sequence, "it is no record");
            return before;
        }

        if (!AuditChain.IsSame(seal, AuditChain.Seal(log.Key, hash.Span)))
        {
            Note(record.Sequence, "it was not written here");
        }
        else if (!AuditChain.IsSame(hash, AuditChain.Hash(before.Span, record.Sequence, body.Span)))
        {
            Note(record.Sequence, "it was changed, or does not follow the record before it");
        }

        return hash;
    }

    /// <summary>The hash that a record says it has; where it is gone, one that nothing follows.</summary>
    private async Task<ReadOnlyMemory<byte>> HashAtAsync(long sequence, CancellationToken cancellationToken)
    {
        var records = await log.Storage.ReadAsync(log.Name, sequence - 1, 1, cancellationToken);
        return records is [var record, ..] && record.Sequence == sequence
            && AuditChain.TryUnpack(record.Payload, out var hash, out _, out _)
                ? hash
                : ReadOnlyMemory<byte>.Empty;
    }

    private void Note(long sequence, string problem)
    {
        if (_breaks.Count < options.BreaksMax)
        {
            _breaks.Add(new AuditBreak(sequence, problem));
        }
    }
}
