using Smcp.Mcp;
using Smcp.Wire;

namespace Smcp.Connections;

/// <summary>An access token for a runtime, or why there is none.</summary>
[Wire("token-supply", 1)]
public sealed record TokenSupply
{
    public string? Token { get; init; }

    /// <summary>Counts the tokens of a connection; never used twice.</summary>
    public long Number { get; init; }

    /// <summary>When the token is not to be used any more.</summary>
    public DateTimeOffset ExpiresAt { get; init; }

    /// <summary>Why there is none; the message may reach the client.</summary>
    public McpFault? Fault { get; init; }

    /// <summary>Whether a person can mend that, by connecting.</summary>
    public bool NeedsPerson { get; init; }

    /// <summary>Whether nobody connected yet, so that the server may not even have said what it wants.</summary>
    public bool IsFirst { get; init; }

    /// <summary>There is none, and nobody can mend that by connecting.</summary>
    public static TokenSupply Refused(string message) =>
        new() { Fault = new McpFault(FaultReason.Unavailable, message) };

    /// <summary>Somebody has to connect first, or anew.</summary>
    public static TokenSupply Wanting(string message) => new()
    {
        Fault = new McpFault(FaultReason.Unavailable, message),
        NeedsPerson = true,
    };

    /// <summary>Without the token.</summary>
    public override string ToString() => nameof(TokenSupply);
}
