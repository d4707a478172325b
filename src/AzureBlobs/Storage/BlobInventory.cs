namespace Smcp.Storage;

internal sealed class BlobInventory(BlobStore store, BlobLogStorage logs) : IStorageInventory, IDisposable
{
    private readonly SemaphoreSlim _gate = new(1);
    private (string Prefix, BlobWalk Walk)? _kept;

    public async ValueTask<IReadOnlyList<StateAddress>> ListStatesAsync(
        string keyPrefix, StateAddress? after, int itemsMax, CancellationToken cancellationToken)
    {
        KeyText.Require(keyPrefix, store.Options.KeyBytesMax);
        ArgumentOutOfRangeException.ThrowIfLessThan(itemsMax, 1);
        await store.OpenAsync(cancellationToken);
        var start = after is { } address ? BlobNames.OfState(BlobNames.States, address) : string.Empty;
        var found = new List<StateAddress>();
        var types = new BlobWalk(store, BlobNames.States, BlobNames.Separator);
        while (await types.NextAsync(string.Empty, cancellationToken) is { } type)
        {
            // A type before the one that the walk stopped in is done with.
            if (start.Length > 0 && string.CompareOrdinal(type, TypeOf(start)) < 0)
            {
                continue;
            }

            var names = await TakeAsync(
                type + BlobNames.Hex(keyPrefix), null, start, itemsMax - found.Count, cancellationToken);
            found.AddRange(names.Select(name => BlobNames.AddressOf(BlobNames.States, name)));
            if (found.Count == itemsMax)
            {
                break;
            }
        }

        return found;
    }

    public async ValueTask<IReadOnlyList<string>> ListLogsAsync(
        string prefix, string? after, int itemsMax, CancellationToken cancellationToken)
    {
        KeyText.Require(prefix, store.Options.KeyBytesMax);
        ArgumentOutOfRangeException.ThrowIfLessThan(itemsMax, 1);
        await store.OpenAsync(cancellationToken);
        var names = await TakeAsync(
            BlobNames.Logs + BlobNames.Hex(prefix),
            BlobNames.Separator,
            after is null ? string.Empty : BlobNames.OfLog(after),
            itemsMax,
            cancellationToken);
        return [.. names.Select(BlobNames.LogOf)];
    }

    public ValueTask<bool> ReplaceAsync(
        string log, IReadOnlyList<RecordReplacement> records, CancellationToken cancellationToken) =>
        logs.ReplaceAsync(log, records, cancellationToken);

    /// <summary>What the account keeps of earlier blobs (versions, soft delete) is beyond us.</summary>
    public ValueTask EraseRemovedAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public void Dispose() => _gate.Dispose();

    /// <summary>What a state's name begins with, up to and with the mark behind its type.</summary>
    private static string TypeOf(string name) =>
        name[..(name.IndexOf('-', StringComparison.Ordinal) + 1)];

    private async Task<List<string>> TakeAsync(
        string prefix, string? delimiter, string after, int itemsMax, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            var walk = _kept is { } kept && kept.Prefix == prefix && kept.Walk.Last == after && after.Length > 0
                ? kept.Walk
                : new BlobWalk(store, prefix, delimiter);
            _kept = null;
            var names = new List<string>();
            while (names.Count < itemsMax && await walk.NextAsync(after, cancellationToken) is { } name)
            {
                names.Add(name);
            }

            _kept = (prefix, walk);
            return names;
        }
        finally
        {
            _gate.Release();
        }
    }
}
