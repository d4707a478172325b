using System.Text.Json;
using Smcp.Protocol;

namespace Smcp.Connections;

/// <summary>What an authorization server says of itself (RFC 8414 section 2).</summary>
internal sealed record IssuerMetadata
{
    public required string Issuer { get; init; }

    public required Uri Token { get; init; }

    /// <summary>Where people agree; null where there are none.</summary>
    public Uri? Authorization { get; init; }

    public Uri? Registration { get; init; }

    public Uri? Revocation { get; init; }

    public IReadOnlyList<string> AuthMethods { get; init; } = [];

    public IReadOnlyList<string> Scopes { get; init; } = [];

    /// <summary>Whether it takes clients by their documents.</summary>
    public bool TakesDocuments { get; init; }

    /// <summary>Whether it says who it is with each answer (RFC 9207 section 3).</summary>
    public bool SaysIssuer { get; init; }

    /// <summary>Whether it takes PKCE by S256.</summary>
    public bool HasPkce { get; init; }

    /// <summary>Where it is looked for (MCP authorization, authorization server metadata discovery).</summary>
    public static IEnumerable<string> LocationsOf(Uri issuer)
    {
        var origin = issuer.GetLeftPart(UriPartial.Authority);
        var path = issuer.AbsolutePath.TrimEnd('/');
        yield return $"{origin}/.well-known/oauth-authorization-server{path}";
        yield return $"{origin}/.well-known/openid-configuration{path}";
        if (path.Length > 0)
        {
            yield return $"{origin}{path}/.well-known/openid-configuration";
        }
    }

    /// <summary>Of one that says nothing of itself (2025-03-26 authorization, fall-backs).</summary>
    public static IssuerMetadata Silent(string origin) => new()
    {
        Issuer = origin,
        Authorization = new Uri($"{origin}/authorize"),
        Token = new Uri($"{origin}/token"),
        Registration = new Uri($"{origin}/register"),
        HasPkce = true,
    };

    /// <summary>
    /// The metadata, if it is that of this issuer: the text must be the same, or one could speak for another
    /// (RFC 8414 section 3.3). Null for anything else, and where an endpoint is none that may be asked.
    /// </summary>
    public static IssuerMetadata? Read(JsonElement json, string issuer, Func<string?, Uri?> address)
    {
        if (json.Text("issuer") != issuer || address(json.Text("token_endpoint")) is not { } token)
        {
            return null;
        }

        return new IssuerMetadata
        {
            Issuer = issuer,
            Token = token,
            Authorization = address(json.Text("authorization_endpoint")),
            Registration = address(json.Text("registration_endpoint")),
            Revocation = address(json.Text("revocation_endpoint")),
            AuthMethods = JsonTexts.Of(json, "token_endpoint_auth_methods_supported"),
            Scopes = JsonTexts.Of(json, "scopes_supported"),
            TakesDocuments = IsTrue(json, "client_id_metadata_document_supported"),
            SaysIssuer = IsTrue(json, "authorization_response_iss_parameter_supported"),
            HasPkce = JsonTexts.Of(json, "code_challenge_methods_supported").Contains("S256"),
        };
    }

    private static bool IsTrue(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.True;
}
