namespace Smcp.Connections;

/// <summary>
/// Who gives tokens for a server, for which resource and scopes; or why nobody does, in words for people.
/// </summary>
internal sealed record Discovery
{
    public IssuerMetadata? Issuer { get; init; }

    /// <summary>What tokens are for (RFC 8707).</summary>
    public string Resource { get; init; } = string.Empty;

    /// <summary>What to ask for; none to leave it to the authorization server.</summary>
    public IReadOnlyList<string> Scopes { get; init; } = [];

    public string? Problem { get; init; }

    public static Discovery Failed(string problem) => new() { Problem = problem };
}
