namespace Smcp.Nodes;

/// <summary>What a node of the cluster does.</summary>
internal enum NodeRole
{
    /// <summary>Runs grains and serves HTTP.</summary>
    All = 0,

    /// <summary>Runs grains only.</summary>
    Silo = 1,

    /// <summary>Serves HTTP only, as a client of the silos.</summary>
    Gateway = 2,
}
