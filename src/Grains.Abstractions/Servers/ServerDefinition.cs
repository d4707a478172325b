using Smcp.Servers.Deploying;
using Smcp.Wire;

namespace Smcp.Servers;

/// <summary>A server as it was deployed: validated and immutable.</summary>
[Wire("server-definition", 6)]
public sealed record ServerDefinition
{
    public required ServerId Id { get; init; }

    public required RuntimeKind Runtime { get; init; }

    public required InstanceScope Scope { get; init; }

    /// <summary>How many instances a server of scope <c>pool</c> has. Default: 1.</summary>
    public int PoolMembers { get; init; } = 1;

    /// <summary>What it is made of: for C#, the name that its class is registered by.</summary>
    public required string Source { get; init; }

    /// <summary>The version that its runtime starts. Null for C#.</summary>
    public ServerVersion? Deployed { get; init; }

    /// <summary>The version that serves a share of its callers beside that one; null for none.</summary>
    public ServerCanary? Canary { get; init; }

    /// <summary>The hash of what an administrator approved of the version; null for nothing.</summary>
    public string? Manifest { get; init; }

    /// <summary>Its version, as its author counts.</summary>
    public string Version { get; init; } = "0";

    /// <summary>Who may reach it. Default: the members of its tenant.</summary>
    public ServerAccess Access { get; init; } = ServerAccess.Tenant;

    /// <summary>One line for people.</summary>
    public string? Description { get; init; }
}
