using Smcp.Storage;

namespace Smcp.Tenants;

/// <summary>
/// Which sessions have a place, durably, and when to look at each. For one activation's scheduler only.
/// </summary>
internal sealed class SessionIndex(ILogStorage storage, string name, Action<Exception> onFailure)
{
    private readonly LogMap<SessionIndexEntry> _map = new(storage, name, onFailure);

    /// <summary>Places taken, those on their way to storage included.</summary>
    public int Count => _map.Entries.Count;

    /// <summary>Records in the log.</summary>
    public long Records => _map.Records;

    public bool Contains(string session) => _map.Entries.ContainsKey(session);

    public Task LoadAsync(CancellationToken cancellationToken) => _map.LoadAsync(cancellationToken);

    /// <summary>Takes a place, in memory at once; durable when this returns.</summary>
    public Task TakeAsync(string session, DateTimeOffset lookAt) =>
        _map.PutAsync(new SessionIndexEntry { Session = session, LookAt = lookAt });

    /// <summary>Gives a place back.</summary>
    public Task ReleaseAsync(string session) =>
        _map.PutAsync(new SessionIndexEntry { Session = session, IsReleased = true });

    /// <summary>Remembers when to look at a session again; in memory, a rewrite makes it durable.</summary>
    public void Postpone(string session, DateTimeOffset lookAt) =>
        _map.Touch(new SessionIndexEntry { Session = session, LookAt = lookAt });

    /// <summary>The sessions to look at now, the longest due first.</summary>
    public IReadOnlyList<string> Due(DateTimeOffset now, int countMax) =>
    [
        .. _map.Entries.Values.Where(entry => entry.LookAt <= now)
            .OrderBy(entry => entry.LookAt)
            .Take(countMax)
            .Select(entry => entry.Session),
    ];

    /// <summary>Writes the places taken at the log's end and drops what stood before.</summary>
    public Task RewriteAsync() => _map.RewriteAsync();
}
