using Smcp.Identity;
using Smcp.Mcp;
using Smcp.Wire;

namespace Smcp.Sessions;

/// <summary>What was settled when the session was opened, and does not change.</summary>
[Wire("session-terms", 1)]
internal sealed record SessionTerms
{
    /// <summary>Who opened it; to anybody else it is unknown.</summary>
    public required PrincipalId Principal { get; init; }

    /// <summary>The negotiated revision, by its date.</summary>
    public required string Revision { get; init; }

    /// <summary>The key of the instance that serves it.</summary>
    public required string Instance { get; init; }

    /// <summary>The client's <c>initialize</c>, with the negotiated revision: what a fresh runtime is shown.</summary>
    public required McpCall Initialize { get; init; }

    /// <summary>Whether the server takes <c>logging/setLevel</c>.</summary>
    public bool ServerLogs { get; init; }

    /// <summary>Whether the server takes <c>resources/subscribe</c>.</summary>
    public bool ServerTakesSubscriptions { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}
