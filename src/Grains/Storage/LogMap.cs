using System.Text.Json;
using Smcp.Sessions;
using Smcp.Wire;

namespace Smcp.Storage;

/// <summary>
/// A durable map: a log of what each key got, and what it comes to in memory. A change costs one record, however many
/// keys there are. For one activation's scheduler only.
/// </summary>
internal sealed class LogMap<TEntry>
    where TEntry : class, ILogMapEntry
{
    private const int RecordsPerOperation = 512;

    private readonly ILogStorage _storage;
    private readonly string _name;
    private readonly Action<Exception> _onFailure;
    private readonly GroupCommit _commit;
    private readonly Dictionary<string, TEntry> _entries = new(StringComparer.Ordinal);
    private List<TEntry> _pending = [];
    private long _first = 1;
    private long _last;

    /// <summary>
    /// <paramref name="onFailure"/> learns of a write that failed; who asked for it gets the exception.
    /// </summary>
    public LogMap(ILogStorage storage, string name, Action<Exception> onFailure)
    {
        _storage = storage;
        _name = name;
        _onFailure = onFailure;
        _commit = new GroupCommit(WritePendingAsync);
    }

    /// <summary>What is in the map, that on its way to storage included.</summary>
    public IReadOnlyDictionary<string, TEntry> Entries => _entries;

    /// <summary>The number of the last record in the log, ever: it is not used again.</summary>
    public long Last => _last;

    /// <summary>Records in the log.</summary>
    public long Records => _last - _first + 1;

    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        var extent = await _storage.ExtentAsync(_name, cancellationToken);
        _first = Math.Max(1, extent.First);
        _last = extent.Last;
        for (var position = _first - 1; position < _last;)
        {
            var records = await _storage.ReadAsync(_name, position, RecordsPerOperation, cancellationToken);
            foreach (var record in records)
            {
                Apply(Read(record.Payload));
                position = record.Sequence;
            }
        }
    }

    /// <summary>Puts or removes, in memory at once; durable when this returns.</summary>
    public Task PutAsync(TEntry entry)
    {
        Apply(entry);
        _pending.Add(entry);
        return _commit.CommitAsync();
    }

    /// <summary>Puts or removes all of these, in one write: all of them are durable or none is.</summary>
    public Task PutAsync(IEnumerable<TEntry> entries)
    {
        foreach (var entry in entries)
        {
            Apply(entry);
            _pending.Add(entry);
        }

        return _commit.CommitAsync();
    }

    /// <summary>Replaces what a key has, in memory only; a rewrite makes it durable.</summary>
    public void Touch(TEntry entry)
    {
        if (_entries.ContainsKey(entry.MapKey))
        {
            _entries[entry.MapKey] = entry;
        }
    }

    /// <summary>
    /// Writes the map at the log's end and drops what stood before. A crash at any point leaves some keys said twice,
    /// and none lost.
    /// </summary>
    public async Task RewriteAsync()
    {
        await _commit.SettleAsync();
        var through = _last;
        foreach (var chunk in _entries.Keys.ToList().Chunk(RecordsPerOperation))
        {
            foreach (var key in chunk)
            {
                // One that was removed meanwhile must not come back.
                if (_entries.TryGetValue(key, out var entry))
                {
                    _pending.Add(entry);
                }
            }

            await _commit.CommitAsync();
        }

        await _storage.TrimAsync(_name, through, CancellationToken.None);
        _first = through + 1;
    }

    private static TEntry Read(ReadOnlyMemory<byte> payload) =>
        JsonSerializer.Deserialize<TEntry>(payload.Span, WireJson.Options)
        ?? throw new JsonException($"A log of {typeof(TEntry).Name} holds a null.");

    private void Apply(TEntry entry)
    {
        if (entry.IsRemoval)
        {
            _entries.Remove(entry.MapKey);
        }
        else
        {
            _entries[entry.MapKey] = entry;
        }
    }

    private async Task WritePendingAsync()
    {
        var entries = _pending;
        _pending = [];
        if (entries.Count == 0)
        {
            return;
        }

        try
        {
            await _storage.AppendAsync(_name, _last + 1, [.. entries.Select(Write)], CancellationToken.None);
        }
        catch (Exception exception)
        {
            _onFailure(exception);
            throw;
        }

        _last += entries.Count;
    }

    private static ReadOnlyMemory<byte> Write(TEntry entry) =>
        JsonSerializer.SerializeToUtf8Bytes(entry, WireJson.Options);
}
