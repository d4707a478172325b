using Smcp.Wire;

namespace Smcp.Servers;

/// <summary>What a tenant's administrators, and the operators, said of a server.</summary>
[Wire("server-state", 1)]
internal sealed record ServerState
{
    /// <summary>What was deployed under this id; null for what came with the process, if anything did.</summary>
    public string? Source { get; init; }

    /// <summary>Who may reach it. Null: as the definition says.</summary>
    public ServerAccess? Access { get; init; }

    /// <summary>Counts the changes.</summary>
    public long Version { get; init; }
}
