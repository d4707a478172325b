using System.Text.Json;
using Smcp.Storage;
using Smcp.Wire;

namespace Smcp.Data;

/// <summary>
/// The log of a part of a key-value store, and in memory where each key's value stands in it. Not for two turns at a
/// time.
/// </summary>
internal sealed class ValueLog(ILogStorage logs, string name, Action<Exception> onFailure)
{
    private const int RecordsPerRead = 512;

    /// <summary>Values are large.</summary>
    private const int RecordsPerRewrite = 32;

    private readonly Dictionary<string, ValueSlot> _slots = new(StringComparer.Ordinal);
    private long _first = 1;

    public IReadOnlyDictionary<string, ValueSlot> Slots => _slots;

    /// <summary>The number of the last record, ever: it is not used again.</summary>
    public long Last { get; private set; }

    /// <summary>Records in the log.</summary>
    public long Records => Last - _first + 1;

    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        var extent = await logs.ExtentAsync(name, cancellationToken);
        _first = Math.Max(1, extent.First);
        Last = extent.Last;
        for (var position = _first - 1; position < Last;)
        {
            foreach (var record in await logs.ReadAsync(name, position, RecordsPerRead, cancellationToken))
            {
                Apply(Read(record), record.Sequence);
                position = record.Sequence;
            }
        }
    }

    public async ValueTask<ReadOnlyMemory<byte>> ReadAsync(ValueSlot slot, CancellationToken cancellationToken) =>
        (await EntryAsync(slot, cancellationToken)).Value;

    /// <summary>Puts or removes all of these; all of them are durable when this returns, or none.</summary>
    public async Task PutAsync(IReadOnlyList<ValueEntry> entries)
    {
        if (entries.Count == 0)
        {
            return;
        }

        try
        {
            await logs.AppendAsync(name, Last + 1, [.. entries.Select(Write)], CancellationToken.None);
        }
        catch (Exception exception)
        {
            onFailure(exception);
            throw;
        }

        foreach (var entry in entries)
        {
            Apply(entry, ++Last);
        }
    }

    /// <summary>
    /// Writes what there is at the log's end and drops what stood before. A crash at any point leaves some keys said
    /// twice, and none lost.
    /// </summary>
    public async Task RewriteAsync()
    {
        var through = Last;
        foreach (var chunk in _slots.Values.ToList().Chunk(RecordsPerRewrite))
        {
            var entries = new List<ValueEntry>(chunk.Length);
            foreach (var slot in chunk)
            {
                entries.Add(await EntryAsync(slot, CancellationToken.None));
            }

            await PutAsync(entries);
        }

        await logs.TrimAsync(name, through, CancellationToken.None);
        _first = through + 1;
    }

    private async ValueTask<ValueEntry> EntryAsync(ValueSlot slot, CancellationToken cancellationToken)
    {
        var records = await logs.ReadAsync(name, slot.Record - 1, 1, cancellationToken);
        if (records is [var record, ..] && record.Sequence == slot.Record)
        {
            return Read(record);
        }

        // Another activation wrote the log anew: this one is stale.
        var stale = new StorageUnavailableException("A record of a key-value store is not where it was written.");
        onFailure(stale);
        throw stale;
    }

    private void Apply(ValueEntry entry, long record)
    {
        if (entry.IsRemoved)
        {
            _slots.Remove(entry.Key);
        }
        else
        {
            _slots[entry.Key] = new ValueSlot(entry with { Value = default }, entry.Value.Length, record);
        }
    }

    private static ValueEntry Read(LogRecord record) =>
        JsonSerializer.Deserialize<ValueEntry>(record.Payload.Span, WireJson.Options)
        ?? throw new JsonException("A log of a key-value store holds a null.");

    private static ReadOnlyMemory<byte> Write(ValueEntry entry) =>
        JsonSerializer.SerializeToUtf8Bytes(entry, WireJson.Options);
}
