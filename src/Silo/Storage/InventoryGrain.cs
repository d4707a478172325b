using Smcp.Engine;

namespace Smcp.Storage;

/// <summary>
/// Keeps one part of the inventory as one row, fenced by its ETag: enough for the stores in memory that the cluster
/// has.
/// </summary>
[GrainType("inventory")]
internal sealed class InventoryGrain(
    IGrainContextAccessor accessor,
    [FromKeyedServices(ShellServices.StorageName)] Orleans.Storage.IGrainStorage storage) : IInventoryGrain, IGrainBase
{
    private const string RowName = "items";

    private readonly GrainState<InventoryState> _row = new(new InventoryState());
    private readonly SortedSet<string> _items = new(StringComparer.Ordinal);

    public IGrainContext GrainContext { get; } = accessor.GrainContext;

    async Task IGrainBase.OnActivateAsync(CancellationToken token)
    {
        await storage.ReadStateAsync(RowName, GrainContext.GrainId, _row);
        _items.UnionWith(_row.State!.Items);
    }

    public async ValueTask AddAsync(string item, CancellationToken cancellationToken)
    {
        if (_items.Add(item))
        {
            await WriteAsync();
        }
    }

    public async ValueTask RemoveAsync(string item, CancellationToken cancellationToken)
    {
        if (_items.Remove(item))
        {
            await WriteAsync();
        }
    }

    public ValueTask<string[]> ListAsync(
        string after, int prefixedPart, string prefix, int itemsMax, CancellationToken cancellationToken) =>
        new(_items
            .Where(item => string.CompareOrdinal(item, after) > 0)
            .Where(item => item.Split(ClusterInventory.Separator)[prefixedPart]
                .StartsWith(prefix, StringComparison.Ordinal))
            .Take(itemsMax)
            .ToArray());

    private async Task WriteAsync()
    {
        _row.State = new InventoryState { Items = [.. _items] };
        try
        {
            await storage.WriteStateAsync(RowName, GrainContext.GrainId, _row);
        }
        catch
        {
            // Whether the row was written is unknown: the next activation asks storage.
            GrainContext.Deactivate(
                new DeactivationReason(DeactivationReasonCode.ApplicationError, "A write failed."));
            throw;
        }
    }
}
