using System.Text.Json;
using Smcp.Protocol;

namespace Smcp.Identity.Federation;

/// <summary>What a provider says of itself (OpenID Connect Discovery section 3).</summary>
internal sealed record ProviderMetadata(Uri Authorization, Uri Token, Uri Keys, bool SaysIssuer)
{
    /// <summary>Where a provider's metadata is (section 4).</summary>
    public static Uri LocationOf(string issuer) => new($"{issuer.TrimEnd('/')}/.well-known/openid-configuration");

    /// <summary>
    /// The metadata, if it is that of this issuer: the text must be the same, or one provider could speak for another
    /// (section 4.3). Null for anything else.
    /// </summary>
    public static ProviderMetadata? Read(JsonElement json, string issuer) =>
        json.ValueKind == JsonValueKind.Object
        && json.Text("issuer") == issuer
        && Https(json, "authorization_endpoint") is { } authorization
        && Https(json, "token_endpoint") is { } token
        && Https(json, "jwks_uri") is { } keys
            ? new ProviderMetadata(authorization, token, keys, SaysIssuerIn(json))
            : null;

    private static bool SaysIssuerIn(JsonElement json) =>
        json.TryGetProperty("authorization_response_iss_parameter_supported", out var says)
        && says.ValueKind == JsonValueKind.True;

    private static Uri? Https(JsonElement json, string name) =>
        Uri.TryCreate(json.Text(name), UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttps
            ? uri
            : null;
}
