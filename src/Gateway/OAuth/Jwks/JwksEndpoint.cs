using System.Buffers.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Smcp.Identity.OAuth;
using Smcp.OAuth.AccessTokens;

namespace Smcp.OAuth.Jwks;

/// <summary><c>GET /jwks</c>: the public keys that verify access tokens (RFC 7517 section 5).</summary>
internal sealed class JwksEndpoint(KeySets keys) : IOAuthEndpoint
{
    public const string Path = "/jwks";

    public bool Accepts(string path) => path == Path;

    public async Task HandleAsync(HttpContext context)
    {
        if (!await OAuthAnswer.IsMethodAsync(context, HttpMethods.Get))
        {
            return;
        }

        var set = await keys.GetAsync(context.RequestAborted);
        var body = new JsonObject { ["keys"] = new JsonArray([.. set.Keys.Select(Write)]) };
        await OAuthAnswer.PublicAsync(context, body, set.MaxAge);
    }

    private static JsonObject Write(PublicSigningKey key) => new()
    {
        ["kty"] = "EC",
        ["crv"] = "P-256",
        ["use"] = "sig",
        ["alg"] = "ES256",
        ["kid"] = key.Id,
        ["x"] = Base64Url.EncodeToString(key.X.Span),
        ["y"] = Base64Url.EncodeToString(key.Y.Span),
    };
}
