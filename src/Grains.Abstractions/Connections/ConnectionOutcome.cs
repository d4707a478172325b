using Smcp.Mcp;
using Smcp.Wire;

namespace Smcp.Connections;

/// <summary>What a person is shown before, or where they go, or how it ended.</summary>
[Wire("connection-outcome", 1)]
public sealed record ConnectionOutcome
{
    /// <summary>The server's endpoint.</summary>
    public string? Endpoint { get; init; }

    /// <summary>Who is asked.</summary>
    public string? Issuer { get; init; }

    /// <summary>What is asked for; none where it is left to who is asked.</summary>
    public IReadOnlyList<string> Scopes { get; init; } = [];

    /// <summary>The authorization server's page, for a browser that goes there.</summary>
    public string? Location { get; init; }

    /// <summary>Why not; for people.</summary>
    public McpFault? Fault { get; init; }

    public static ConnectionOutcome Refused(McpFault fault) => new() { Fault = fault };

    public static ConnectionOutcome Refused(FaultReason reason, string message) =>
        Refused(new McpFault(reason, message));
}
