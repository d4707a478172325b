using Smcp.Storage;
using Smcp.Wire;

namespace Smcp.Data;

/// <summary>One record of the count of what a tenant's servers store: how much a part of a store holds.</summary>
[Wire("storage-usage-entry", 1)]
internal sealed record StorageUsageEntry : ILogMapEntry
{
    /// <summary>The part, as <see cref="DataSource"/> names it.</summary>
    public required string Source { get; init; }

    public long Bytes { get; init; }

    string ILogMapEntry.MapKey => Source;

    bool ILogMapEntry.IsRemoval => Bytes == 0;
}
