using Smcp.Identity;
using Smcp.Wire;

namespace Smcp.Servers.Health;

/// <summary>What keeps a server from serving, until it is started.</summary>
[Wire("server-hold", 1)]
public sealed record ServerHold
{
    public required HoldKind Kind { get; init; }

    /// <summary>Why, for whoever calls the server; null: nobody said.</summary>
    public string? Reason { get; init; }

    public DateTimeOffset Since { get; init; }

    /// <summary>Who; null for what the host decided.</summary>
    public PrincipalId? By { get; init; }
}
