namespace Smcp.Storage;

/// <summary>
/// What a store holds, page by page, and the two things that only upkeep of its whole content asks for.
/// </summary>
public interface IStorageInventory
{
    /// <summary>
    /// Addresses of states whose grain key begins with <paramref name="keyPrefix"/>, in the order of type, key and
    /// name (byte by byte), after an address. States written meanwhile may be missed or met. The end is a page that is
    /// empty.
    /// </summary>
    ValueTask<IReadOnlyList<StateAddress>> ListStatesAsync(
        string keyPrefix, StateAddress? after, int itemsMax, CancellationToken cancellationToken);

    /// <summary>Names of logs that begin with a prefix, in order, after a name. The end is an empty page.</summary>
    ValueTask<IReadOnlyList<string>> ListLogsAsync(
        string prefix, string? after, int itemsMax, CancellationToken cancellationToken);

    /// <summary>
    /// Puts records in the place of others of the same numbers, whole or not at all. False when one of those is not
    /// there any more, or is not what is expected: nothing was written.
    /// </summary>
    ValueTask<bool> ReplaceAsync(
        string log, IReadOnlyList<RecordReplacement> records, CancellationToken cancellationToken);

    /// <summary>
    /// Returns when nothing that was removed or written over before stands in the store's files any more, as far as
    /// the store can know them: copies that a disk, a snapshot or a backup keeps are beyond it.
    /// </summary>
    ValueTask EraseRemovedAsync(CancellationToken cancellationToken);
}
