using Smcp.Engine;
using Smcp.Storage;

namespace Smcp.Data;

/// <summary>
/// The objects of a part, and the content that is in doubt: from before its first piece until it is an object's, and
/// again from when it is no longer until it is removed. So after a crash each key has its old object or its new one,
/// and whatever belongs to none is known and removed.
/// </summary>
internal sealed class ObjectIndex(
    IActivationContext activation, DataPart part, Action<Exception> onWriteFailed, Action<Exception> onNotRemoved)
{
    private readonly ObjectPieces _pieces = new(activation.Logs, activation.Key);
    private readonly LogMap<ObjectEntry> _entries =
        new(activation.Logs, $"objects/{activation.Key}", onWriteFailed);

    /// <summary>Objects, and content in doubt.</summary>
    public int Count => _entries.Entries.Count;

    /// <summary>What the objects count for.</summary>
    public long Bytes { get; private set; }

    public bool HasDoubts => _entries.Entries.Values.Any(entry => entry.InDoubt is not null);

    public IEnumerable<ObjectInfo> Objects => _entries.Entries.Values.Select(entry => entry.Info).OfType<ObjectInfo>();

    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        await _entries.LoadAsync(cancellationToken);
        Bytes = _entries.Entries.Values.Sum(entry => entry.CountBytes());
    }

    public ObjectEntry? Find(string key) => _entries.Entries.GetValueOrDefault(ObjectEntry.NameOf(key));

    /// <summary>From an offset to where its piece ends; null where that is not there, or no longer.</summary>
    public ValueTask<ReadOnlyMemory<byte>?> ReadAsync(
        ObjectEntry entry, long offset, CancellationToken cancellationToken) =>
        _pieces.ReadAsync(entry, offset, cancellationToken);

    /// <summary>Content of this id begins: it is in doubt.</summary>
    public Task BeginAsync(string id) => _entries.PutAsync(ObjectEntry.Doubt(id));

    /// <summary>Writes a piece of content in doubt.</summary>
    public ValueTask AppendAsync(string id, long number, ReadOnlyMemory<byte> piece) =>
        _pieces.AppendAsync(id, number, piece);

    /// <summary>One write makes the content the key's object, and puts the one before in doubt.</summary>
    public async ValueTask CommitAsync(ObjectEntry entry, ObjectEntry? before)
    {
        List<ObjectEntry> change = [entry, ObjectEntry.Settled(entry.Info!.Id)];
        if (before is { Info: { } info })
        {
            change.Add(ObjectEntry.Doubt(info.Id));
        }

        await _entries.PutAsync(change);
        Bytes += entry.CountBytes() - (before?.CountBytes() ?? 0);
    }

    /// <summary>The key has no object any more, whose content is in doubt.</summary>
    public async ValueTask DropAsync(ObjectEntry entry)
    {
        await _entries.PutAsync(
            (ObjectEntry[])[ObjectEntry.Gone(entry.Info!.Key), ObjectEntry.Doubt(entry.Info.Id)]);
        Bytes -= entry.CountBytes();
    }

    /// <summary>Removes content in doubt; it stays so where that fails.</summary>
    public async ValueTask RemoveAsync(string id)
    {
        try
        {
            await _pieces.RemoveAsync(id);
        }
        catch (StorageUnavailableException exception)
        {
            onNotRemoved(exception);
            return;
        }

        await _entries.PutAsync(ObjectEntry.Settled(id));
    }

    /// <summary>Removes all content in doubt that nobody is writing.</summary>
    public async ValueTask SettleAsync(Func<string, bool> isBeingWritten)
    {
        var doubts = _entries.Entries.Values.Select(entry => entry.InDoubt).OfType<string>()
            .Where(id => !isBeingWritten(id)).ToList();
        foreach (var id in doubts)
        {
            await RemoveAsync(id);
        }
    }

    public async Task CompactAsync()
    {
        if (part.IsLong(_entries.Records, _entries.Entries.Count))
        {
            await _entries.RewriteAsync();
        }
    }
}
