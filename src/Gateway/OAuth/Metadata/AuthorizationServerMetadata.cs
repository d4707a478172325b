using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Smcp.Identity;
using Smcp.Identity.OAuth;
using Smcp.OAuth.Jwks;
using Smcp.OAuth.Registration;
using Smcp.OAuth.Revocation;
using Smcp.OAuth.Token;

namespace Smcp.OAuth.Metadata;

/// <summary>
/// What the authorization server is (RFC 8414), at its one place: the issuer has no path. With a path inserted there is
/// nothing, so that a client which guesses goes on to look where it is. The same under the name that OpenID Connect
/// gives it, for clients that know only that one.
/// </summary>
internal sealed class AuthorizationServerMetadata(CanonicalUrls urls, IOptions<OAuthOptions> options) : IOAuthEndpoint
{
    public const string Path = "/.well-known/oauth-authorization-server";
    public const string OpenIdPath = "/.well-known/openid-configuration";

    /// <summary>Of RFC 6749 section 3.1: where users agree.</summary>
    public const string AuthorizePath = "/authorize";

    private static readonly string[] Methods =
        ["none", "client_secret_basic", "client_secret_post", "private_key_jwt"];

    public bool Accepts(string path) => path is Path or OpenIdPath;

    public async Task HandleAsync(HttpContext context)
    {
        if (await OAuthAnswer.IsMethodAsync(context, HttpMethods.Get))
        {
            var body = Describe();
            if (context.Request.Path.Value == OpenIdPath)
            {
                // Required there (OpenID Connect Discovery section 3); we issue no ID tokens.
                body["subject_types_supported"] = Texts("public");
                body["id_token_signing_alg_values_supported"] = Texts("ES256");
            }

            await OAuthAnswer.PublicAsync(context, body, options.Value.MetadataMaxAge);
        }
    }

    private JsonObject Describe() => new()
    {
        ["issuer"] = urls.Issuer,
        ["authorization_endpoint"] = urls.Base + AuthorizePath,
        ["token_endpoint"] = urls.Base + TokenEndpoint.Path,
        ["registration_endpoint"] = urls.Base + RegistrationEndpoint.Path,
        ["revocation_endpoint"] = urls.Base + RevocationEndpoint.Path,
        ["jwks_uri"] = urls.Base + JwksEndpoint.Path,
        ["response_types_supported"] = Texts("code"),
        ["response_modes_supported"] = Texts("query"),
        ["grant_types_supported"] =
            Texts(GrantTypes.AuthorizationCode, GrantTypes.RefreshToken, GrantTypes.ClientCredentials),
        ["code_challenge_methods_supported"] = Texts("S256"),
        ["scopes_supported"] = Texts([.. McpScopes.All]),
        ["token_endpoint_auth_methods_supported"] = Texts(Methods),
        ["token_endpoint_auth_signing_alg_values_supported"] = Texts("ES256", "RS256"),
        ["revocation_endpoint_auth_methods_supported"] = Texts(Methods),
        ["revocation_endpoint_auth_signing_alg_values_supported"] = Texts("ES256", "RS256"),
        ["client_id_metadata_document_supported"] = true,
        ["authorization_response_iss_parameter_supported"] = true,
    };

    private static JsonArray Texts(params string[] texts) => new([.. texts.Select(text => JsonValue.Create(text))]);
}
