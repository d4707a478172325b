using Smcp.Mcp;
using Smcp.Wire;

namespace Smcp.Data;

/// <summary>What a tenant's servers store, or why it is not said.</summary>
[Wire("storage-usage", 1)]
public sealed record StorageUsage
{
    /// <summary>
    /// Bytes of keys, values, objects and what is said of them; expired ones until they are swept.
    /// </summary>
    public long Bytes { get; init; }

    /// <summary>Bytes that may be stored; null: no limit.</summary>
    public long? BytesMax { get; init; }

    /// <summary>The servers that store something, in the order of their names.</summary>
    public IReadOnlyList<ServerStorageUsage> Servers { get; init; } = [];

    public McpFault? Fault { get; init; }
}
