using Smcp.Wire;

namespace Smcp.Connections;

/// <summary>The tokens of a connection.</summary>
[Wire("connection-tokens", 1)]
internal sealed record ConnectionTokens
{
    public required string Access { get; init; }

    /// <summary>Null where none was given.</summary>
    public string? Refresh { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    public required long Number { get; init; }

    /// <summary>What they are good for, as far as it was said or asked for.</summary>
    public IReadOnlyList<string> Scopes { get; init; } = [];

    /// <summary>Without the tokens.</summary>
    public override string ToString() => $"{nameof(ConnectionTokens)} {Number}";
}
