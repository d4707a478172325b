namespace Smcp.Providers;

/// <summary>What a cluster keeps its data in.</summary>
internal enum StoreKind
{
    /// <summary>The memory of its silos: lost when they stop. For development, on one machine.</summary>
    Memory = 0,

    /// <summary>One PostgreSQL database: <c>Smcp:Postgres</c>.</summary>
    Postgres = 1,

    /// <summary>A container of Azure blobs: <c>Smcp:AzureBlobs</c>.</summary>
    AzureBlobs = 2,
}
