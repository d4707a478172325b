using Smcp.Storage;

namespace Smcp.Security.Encryption.Keys;

/// <summary>
/// An inventory that lists the platform's keys, as a cluster's does before another node has written them.
/// </summary>
internal sealed class ListedAhead(IStorageInventory inner) : IStorageInventory
{
    public async ValueTask<IReadOnlyList<StateAddress>> ListStatesAsync(
        string keyPrefix, StateAddress? after, int itemsMax, CancellationToken cancellationToken) =>
        [
            DataKeyAddress.Ring(KeyOwner.Platform),
            .. await inner.ListStatesAsync(keyPrefix, after, itemsMax - 1, cancellationToken),
        ];

    public ValueTask<IReadOnlyList<string>> ListLogsAsync(
        string prefix, string? after, int itemsMax, CancellationToken cancellationToken) =>
        inner.ListLogsAsync(prefix, after, itemsMax, cancellationToken);

    public ValueTask<bool> ReplaceAsync(
        string log, IReadOnlyList<RecordReplacement> records, CancellationToken cancellationToken) =>
        inner.ReplaceAsync(log, records, cancellationToken);

    public ValueTask EraseRemovedAsync(CancellationToken cancellationToken) =>
        inner.EraseRemovedAsync(cancellationToken);
}
