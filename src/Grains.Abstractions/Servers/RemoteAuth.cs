using Smcp.Wire;

namespace Smcp.Servers;

/// <summary>How we are let in at a server elsewhere by OAuth (MCP authorization).</summary>
[Wire("remote-auth", 1)]
public sealed record RemoteAuth
{
    public required RemoteAuthKind Kind { get; init; }

    /// <summary>
    /// The authorization server that is asked, exactly as it names itself. Null: the first one that the server names.
    /// Where we have a client id, that is for this one only.
    /// </summary>
    public string? Issuer { get; init; }

    /// <summary>Who we are there; null to be known by our document, or to register.</summary>
    public string? ClientId { get; init; }

    /// <summary>The name of the tenant's secret that proves it; null for a public client.</summary>
    public string? ClientSecret { get; init; }

    /// <summary>What is asked for. None: what the server says that it needs.</summary>
    public IReadOnlyList<string> Scopes { get; init; } = [];
}
