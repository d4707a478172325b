namespace Smcp.Storage;

/// <summary>What one part of the inventory lists.</summary>
internal sealed record InventoryState
{
    public IReadOnlyList<string> Items { get; init; } = [];
}
