using Smcp.Wire;

namespace Smcp.Connections;

/// <summary>A runtime needs an access token, or a better one than it has.</summary>
[Wire("token-demand", 1)]
public sealed record TokenDemand
{
    public required ConnectionTerms Terms { get; init; }

    /// <summary>The number of the token that the server refused; null where none was tried.</summary>
    public long? Refused { get; init; }

    /// <summary>What the server said at that.</summary>
    public TokenChallenge? Challenge { get; init; }
}
