namespace Smcp.Storage;

/// <summary>
/// Part of what the cluster's grain storage holds, since a storage provider cannot list it; key: the kind, and the
/// number of the part.
/// </summary>
[GrainInterfaceType("inventory")]
internal interface IInventoryGrain : IGrainWithStringKey
{
    /// <summary>Takes an item in; durable before it returns.</summary>
    ValueTask AddAsync(string item, CancellationToken cancellationToken);

    ValueTask RemoveAsync(string item, CancellationToken cancellationToken);

    /// <summary>
    /// Items after one, in order. An item is a name's parts with U+0001 between; with a prefix, those whose part of
    /// that number begins with it.
    /// </summary>
    ValueTask<string[]> ListAsync(
        string after, int prefixedPart, string prefix, int itemsMax, CancellationToken cancellationToken);
}
