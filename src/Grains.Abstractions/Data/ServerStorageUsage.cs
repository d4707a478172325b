using Smcp.Servers;
using Smcp.Wire;

namespace Smcp.Data;

/// <summary>What one server stores.</summary>
[Wire("storage-usage-server", 1)]
public sealed record ServerStorageUsage
{
    public required ServerId Server { get; init; }

    /// <summary>Bytes of its key-value store.</summary>
    public long ValueBytes { get; init; }

    /// <summary>Bytes of its objects.</summary>
    public long ObjectBytes { get; init; }
}
