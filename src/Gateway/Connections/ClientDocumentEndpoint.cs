using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Smcp.OAuth;

namespace Smcp.Connections;

/// <summary>
/// Who we are to the authorization servers of servers elsewhere, where they take clients by their documents (OAuth
/// Client ID Metadata Document section 4).
/// </summary>
internal sealed class ClientDocumentEndpoint(CanonicalUrls urls, IOptions<OAuthOptions> options) : IOAuthEndpoint
{
    private const string Path = "/client-metadata.json";

    /// <summary>Its address, which is our client id; null where we have no https, so that it can be none.</summary>
    public static string? LocationOf(CanonicalUrls urls) => urls.IsHttps ? urls.Issuer + Path : null;

    public bool Accepts(string path) => path == Path;

    public async Task HandleAsync(HttpContext context)
    {
        if (await OAuthAnswer.IsMethodAsync(context, HttpMethods.Get))
        {
            await OAuthAnswer.PublicAsync(context, Document(), options.Value.MetadataMaxAge);
        }
    }

    private JsonObject Document() => new()
    {
        ["client_id"] = urls.Issuer + Path,
        ["client_name"] = "Smcp",
        ["client_uri"] = urls.Issuer,
        ["redirect_uris"] = new JsonArray(urls.Issuer + ConnectReturnPage.Location),
        ["grant_types"] = new JsonArray("authorization_code", "refresh_token"),
        ["response_types"] = new JsonArray("code"),
        ["token_endpoint_auth_method"] = "none",
        ["application_type"] = "web",
    };
}
