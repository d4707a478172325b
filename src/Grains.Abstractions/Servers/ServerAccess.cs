using Smcp.Identity;
using Smcp.Wire;

namespace Smcp.Servers;

/// <summary>Who may reach a server: the first question; what they may do there, their permissions say.</summary>
[Wire("server-access", 1)]
public sealed record ServerAccess
{
    /// <summary>Everybody, without a credential too.</summary>
    public static ServerAccess Public { get; } = new() { Kind = ServerAccessKind.Public };

    /// <summary>Every principal of the tenant.</summary>
    public static ServerAccess Tenant { get; } = new();

    public ServerAccessKind Kind { get; init; }

    /// <summary>With <see cref="ServerAccessKind.Roles"/>: who has one of these.</summary>
    public IReadOnlyList<string> Roles { get; init; } = [];

    /// <summary>With <see cref="ServerAccessKind.Named"/>: these principals, and nobody else.</summary>
    public IReadOnlyList<PrincipalId> Principals { get; init; } = [];
}
