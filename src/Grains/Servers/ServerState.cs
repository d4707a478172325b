using Smcp.Servers.Deploying;
using Smcp.Servers.Health;
using Smcp.Wire;

namespace Smcp.Servers;

/// <summary>What a tenant's administrators, and the operators, said of a server.</summary>
[Wire("server-state", 5)]
internal sealed record ServerState
{
    /// <summary>What was deployed under this id; null for what came with the process, if anything did.</summary>
    public string? Source { get; init; }

    /// <summary>Who may reach it. Null: as the definition says.</summary>
    public ServerAccess? Access { get; init; }

    /// <summary>What was deployed as versions, one after the other. Null: nothing ever was.</summary>
    public VersionTable? Versions { get; init; }

    /// <summary>What keeps it from serving, until it is started.</summary>
    public IReadOnlyList<ServerHold> Holds { get; init; } = [];

    /// <summary>Counts the changes of who may reach it, and of its source.</summary>
    public long Version { get; init; }
}
