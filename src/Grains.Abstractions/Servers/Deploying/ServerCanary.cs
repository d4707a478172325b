using Smcp.Identity;
using Smcp.Wire;

namespace Smcp.Servers.Deploying;

/// <summary>The version that serves a share of a server's principals.</summary>
[Wire("server-canary", 1)]
public sealed record ServerCanary
{
    public required long Number { get; init; }

    /// <summary>1 to 99.</summary>
    public required int Percent { get; init; }

    public InstanceScope Scope { get; init; }

    public int PoolMembers { get; init; } = 1;

    /// <summary>
    /// Whether it serves a principal: the same answer on every node, and another share of them for each version, so
    /// that it is not always the same people's turn.
    /// </summary>
    public bool Serves(PrincipalId principal) => StableHash.Of($"{Number}/{principal}") % 100 < Percent;
}
