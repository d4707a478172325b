using Smcp.Wire;

namespace Smcp.Servers;

/// <summary>Who may reach a server, where its tenant said so.</summary>
[Wire("server-access-state", 1)]
internal sealed record ServerAccessState
{
    /// <summary>Null: as the definition says.</summary>
    public ServerAccess? Access { get; init; }

    /// <summary>Counts the changes.</summary>
    public long Version { get; init; }
}
