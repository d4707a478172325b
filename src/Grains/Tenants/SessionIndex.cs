using Smcp.Sessions;
using Smcp.Storage;

namespace Smcp.Tenants;

/// <summary>
/// Which sessions have a place, durably: a log of places taken and given back, and the set it comes to in memory. A
/// place costs one record, however many there are. For one activation's scheduler only.
/// </summary>
internal sealed class SessionIndex
{
    private const int RecordsPerOperation = 512;

    private readonly ILogStorage _storage;
    private readonly string _name;
    private readonly Action<Exception> _onFailure;
    private readonly GroupCommit _commit;
    private readonly Dictionary<string, DateTimeOffset> _lookAt = new(StringComparer.Ordinal);
    private List<SessionIndexEntry> _pending = [];
    private long _first = 1;
    private long _last;

    /// <summary>
    /// <paramref name="onFailure"/> learns of a write that failed; who asked for it gets the exception.
    /// </summary>
    public SessionIndex(ILogStorage storage, string name, Action<Exception> onFailure)
    {
        _storage = storage;
        _name = name;
        _onFailure = onFailure;
        _commit = new GroupCommit(WritePendingAsync);
    }

    /// <summary>Places taken, those on their way to storage included.</summary>
    public int Count => _lookAt.Count;

    /// <summary>Records in the log.</summary>
    public long Records => _last - _first + 1;

    public bool Contains(string session) => _lookAt.ContainsKey(session);

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
                Apply(SessionIndexEntry.Read(record.Payload));
                position = record.Sequence;
            }
        }
    }

    /// <summary>Takes a place, in memory at once; durable when this returns.</summary>
    public Task TakeAsync(string session, DateTimeOffset lookAt) =>
        AppendAsync(new SessionIndexEntry { Session = session, LookAt = lookAt });

    /// <summary>Gives a place back.</summary>
    public Task ReleaseAsync(string session) =>
        AppendAsync(new SessionIndexEntry { Session = session, IsReleased = true });

    /// <summary>Remembers when to look at a session again; in memory, a rewrite makes it durable.</summary>
    public void Postpone(string session, DateTimeOffset lookAt)
    {
        if (_lookAt.ContainsKey(session))
        {
            _lookAt[session] = lookAt;
        }
    }

    /// <summary>The sessions to look at now, the longest due first.</summary>
    public IReadOnlyList<string> Due(DateTimeOffset now, int countMax) =>
    [
        .. _lookAt.Where(pair => pair.Value <= now)
            .OrderBy(pair => pair.Value)
            .Take(countMax)
            .Select(pair => pair.Key),
    ];

    /// <summary>
    /// Writes the places taken at the log's end and drops what stood before. A crash at any point leaves some places
    /// said twice, and none lost.
    /// </summary>
    public async Task RewriteAsync()
    {
        await _commit.SettleAsync();
        var through = _last;
        foreach (var chunk in _lookAt.Keys.ToList().Chunk(RecordsPerOperation))
        {
            foreach (var session in chunk)
            {
                // One that was released meanwhile must not come back.
                if (_lookAt.TryGetValue(session, out var lookAt))
                {
                    _pending.Add(new SessionIndexEntry { Session = session, LookAt = lookAt });
                }
            }

            await _commit.CommitAsync();
        }

        await _storage.TrimAsync(_name, through, CancellationToken.None);
        _first = through + 1;
    }

    private Task AppendAsync(SessionIndexEntry entry)
    {
        Apply(entry);
        _pending.Add(entry);
        return _commit.CommitAsync();
    }

    private void Apply(SessionIndexEntry entry)
    {
        if (entry.IsReleased)
        {
            _lookAt.Remove(entry.Session);
        }
        else
        {
            _lookAt[entry.Session] = entry.LookAt;
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
            await _storage.AppendAsync(
                _name, _last + 1, [.. entries.Select(entry => entry.Write())], CancellationToken.None);
        }
        catch (Exception exception)
        {
            _onFailure(exception);
            throw;
        }

        _last += entries.Count;
    }
}
