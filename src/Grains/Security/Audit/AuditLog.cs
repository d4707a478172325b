using System.Security.Cryptography;
using System.Text.Json;
using Smcp.Engine;
using Smcp.Sessions;
using Smcp.Storage;
using Smcp.Wire;

namespace Smcp.Security.Audit;

/// <summary>
/// A tenant's log as one activation holds it: appends to the chain, and keeps its head. First the records, then the
/// head, then the acknowledgement: so what was acknowledged cannot go missing unnoticed, and a crash in between leaves
/// records that the next activation finds to be its own. For one activation's scheduler.
/// </summary>
internal sealed class AuditLog
{
    private const int ReadItems = 256;

    private readonly IActivationContext _activation;
    private readonly IGrainState<AuditSeal> _seal;
    private readonly IGrainState<AuditHead> _head;
    private readonly Action<Exception> _onFailure;
    private readonly GroupCommit _commit;
    private List<AuditEvent> _pending = [];
    private ReadOnlyMemory<byte> _before;
    private bool _isFailed;

    public AuditLog(IActivationContext activation, Action<Exception> onFailure)
    {
        _activation = activation;
        _seal = activation.State<AuditSeal>("seal");
        _head = activation.State<AuditHead>("head");
        _onFailure = onFailure;
        _commit = new GroupCommit(WritePendingAsync);
    }

    public string Name => $"audit/{_activation.Key}";

    public ILogStorage Storage => _activation.Logs;

    public AuditHead Head => _head.Value;

    public ReadOnlyMemory<byte> Key => _seal.Value.Key;

    /// <summary>The number of the newest record, acknowledged or not.</summary>
    public long Last { get; private set; }

    public int Pending => _pending.Count;

    public bool IsHeadSealed =>
        Head.Sequence == 0 || AuditChain.IsSame(Head.Seal, AuditChain.Seal(Key, _activation.Key, Head));

    /// <summary>What the chain begins with: what the first record held was chained to.</summary>
    public ReadOnlyMemory<byte> Beginning =>
        Head.AnchorSequence == 0 ? AuditChain.Genesis(_activation.Key) : Head.AnchorHash;

    /// <summary>Finds where the log ends; says how it is other than it was left, or null when it is not.</summary>
    public async Task<string?> LoadAsync(CancellationToken cancellationToken)
    {
        var extent = await Storage.ExtentAsync(Name, cancellationToken);
        Last = extent.Last;
        _before = Head.Sequence == 0 ? Beginning : Head.Hash;
        if (Key.IsEmpty)
        {
            _seal.Value = new AuditSeal { Key = RandomNumberGenerator.GetBytes(AuditChain.HashBytes) };
            await _seal.WriteAsync(cancellationToken);
            return Last == 0 && Head.Sequence == 0 ? null : "the key of the log's seals is gone";
        }

        if (!IsHeadSealed)
        {
            return "the head of the log was changed";
        }

        if (Last < Head.Sequence)
        {
            return $"records {Last + 1} to {Head.Sequence} are gone from the end";
        }

        return await AdoptAsync(cancellationToken);
    }

    /// <summary>Completes when these stand in the log.</summary>
    public Task AppendAsync(IEnumerable<AuditEvent> events)
    {
        _pending.AddRange(events);
        return _pending.Count == 0 ? Task.CompletedTask : _commit.CommitAsync();
    }

    /// <summary>Remembers when the next sweep is to come; durable with the next record.</summary>
    public void ExpectSweep(DateTimeOffset due) => _head.Value = Head with { SweepDue = due };

    /// <summary>Those that stand neither in the newest records nor among what waits.</summary>
    public async Task<IReadOnlyList<AuditEvent>> MissingAsync(
        IReadOnlyList<AuditEvent> events, int itemsMax, CancellationToken cancellationToken)
    {
        await _commit.SettleAsync();
        var known = new HashSet<string?>(_pending.Select(waiting => waiting.Id));
        for (var position = Math.Max(0, Last - itemsMax); position < Last;)
        {
            var records = await Storage.ReadAsync(Name, position, ReadItems, cancellationToken);
            if (records.Count == 0)
            {
                break;
            }

            position = records[^1].Sequence;
            known.UnionWith(records.Select(record => EntryOf(record)?.Event.Id));
        }

        return [.. events.Where(asked => asked.Id is null || !known.Contains(asked.Id))];
    }

    /// <summary>Counts a sweep, and forgets what came up to the anchor: first in the head, then in the log.</summary>
    public async Task SweptAsync(
        TimeSpan by, DateTimeOffset nextDue, long anchor, ReadOnlyMemory<byte> anchorHash)
    {
        await WriteHeadAsync(Head with
        {
            Swept = Head.Swept + by,
            SweepDue = nextDue,
            AnchorSequence = anchor,
            AnchorHash = anchorHash,
        });
        if (anchor > 0)
        {
            await Storage.TrimAsync(Name, anchor, CancellationToken.None);
        }
    }

    /// <summary>Whether a record is as it was written, after the one with that hash.</summary>
    public bool IsWhole(LogRecord record, ReadOnlyMemory<byte> before) =>
        AuditChain.TryUnpack(record.Payload, out var hash, out var seal, out var body)
        && AuditChain.IsSame(hash, AuditChain.Hash(before.Span, record.Sequence, body.Span))
        && AuditChain.IsSame(seal, AuditChain.Seal(Key, hash.Span));

    public static AuditEntry? EntryOf(LogRecord record)
    {
        if (!AuditChain.TryUnpack(record.Payload, out _, out _, out var body))
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize<AuditEntry>(body.Span, WireJson.Options);
        }
        catch (JsonException)
        {
            // Somebody wrote over it. A walk over the chain tells; nobody else can do anything about it.
            return null;
        }
    }

    /// <summary>Takes over what was appended and not acknowledged before a crash.</summary>
    private async Task<string?> AdoptAsync(CancellationToken cancellationToken)
    {
        string? problem = null;
        for (var position = Head.Sequence; position < Last;)
        {
            var records = await Storage.ReadAsync(Name, position, ReadItems, cancellationToken);
            if (records.Count == 0)
            {
                break;
            }

            foreach (var record in records)
            {
                position = record.Sequence;
                problem ??= IsWhole(record, _before) ? null : $"record {record.Sequence} was not written here";
                _before = AuditChain.TryUnpack(record.Payload, out var hash, out _, out _) ? hash : _before;
            }
        }

        return problem;
    }

    private async Task WritePendingAsync()
    {
        if (_isFailed)
        {
            throw new StorageUnavailableException("The log is read again first.");
        }

        var events = _pending;
        _pending = [];
        if (events.Count == 0)
        {
            return;
        }

        try
        {
            await WriteAsync(events);
        }
        catch (Exception exception)
        {
            _isFailed = true;
            _onFailure(exception);
            throw;
        }
    }

    private async Task WriteAsync(List<AuditEvent> events)
    {
        var now = _activation.Time.GetUtcNow();
        var before = _before;
        var payloads = new List<ReadOnlyMemory<byte>>(events.Count);
        foreach (var auditEvent in events)
        {
            var entry = new AuditEntry { Event = auditEvent, RecordedAt = now, Swept = Head.Swept };
            var body = JsonSerializer.SerializeToUtf8Bytes(entry, WireJson.Options);
            var hash = AuditChain.Hash(before.Span, Last + 1 + payloads.Count, body);
            payloads.Add(AuditChain.Pack(hash, Key, body));
            before = hash;
        }

        await Storage.AppendAsync(Name, Last + 1, payloads, CancellationToken.None);
        Last += payloads.Count;
        _before = before;
        await WriteHeadAsync(Head with { Sequence = Last, Hash = before });
    }

    private async Task WriteHeadAsync(AuditHead head)
    {
        _head.Value = head with { Seal = AuditChain.Seal(Key, _activation.Key, head) };
        await _head.WriteAsync(CancellationToken.None);
    }
}
