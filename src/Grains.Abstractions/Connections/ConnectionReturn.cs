using Smcp.Wire;

namespace Smcp.Connections;

/// <summary>A browser came back from an authorization server.</summary>
[Wire("connection-return", 1)]
public sealed record ConnectionReturn
{
    public required string State { get; init; }

    /// <summary>The secret of the browser that came.</summary>
    public required string Browser { get; init; }

    /// <summary>The code; null with an error.</summary>
    public string? Code { get; init; }

    /// <summary>Who answered, where it is said (RFC 9207).</summary>
    public string? Issuer { get; init; }

    /// <summary>Without the secrets.</summary>
    public override string ToString() => nameof(ConnectionReturn);
}
