using Smcp.Wire;

namespace Smcp.Servers;

/// <summary>What is shown to an API where it asks for a security scheme: secrets of the tenant, by name.</summary>
[Wire("openapi-credential", 1)]
public sealed record OpenApiCredential
{
    /// <summary>The scheme, as the API's description calls it.</summary>
    public required string Scheme { get; init; }

    /// <summary>The name of the secret: the key, the token, the password, or the client's secret.</summary>
    public string? Secret { get; init; }

    /// <summary>The user's name, for a scheme of names and passwords.</summary>
    public string? User { get; init; }

    /// <summary>The name of the secret that is the user's name.</summary>
    public string? UserSecret { get; init; }

    /// <summary>The client's id, where a token is to be had for it and its secret (RFC 6749 section 4.4).</summary>
    public string? ClientId { get; init; }

    /// <summary>Where that is, whatever the description says.</summary>
    public string? TokenUrl { get; init; }

    /// <summary>The scopes to ask for; none: what the authorization server gives.</summary>
    public IReadOnlyList<string> Scopes { get; init; } = [];

    /// <summary>
    /// Whether the client's secret stands in the body of the request for a token, not in a header (RFC 6749 section
    /// 2.3.1).
    /// </summary>
    public bool PostsSecret { get; init; }
}
