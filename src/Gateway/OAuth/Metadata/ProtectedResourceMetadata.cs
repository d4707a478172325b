using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Smcp.Identity;

namespace Smcp.OAuth.Metadata;

/// <summary>
/// Where to get tokens for a server (RFC 9728), for the administration, and at the root for the installation. It is
/// answered from the path alone: a server that does not exist has the same metadata as one that does.
/// </summary>
internal sealed class ProtectedResourceMetadata(
    CanonicalUrls urls, IOptions<OAuthOptions> options) : IOAuthEndpoint
{
    public const string Prefix = "/.well-known/oauth-protected-resource";

    public bool Accepts(string path) =>
        path.StartsWith(Prefix, StringComparison.Ordinal) && ResourceAt(path) is not null;

    public async Task HandleAsync(HttpContext context)
    {
        if (await OAuthAnswer.IsMethodAsync(context, HttpMethods.Get))
        {
            var resource = ResourceAt(context.Request.Path.Value!)!;
            await OAuthAnswer.PublicAsync(context, Describe(resource), options.Value.MetadataMaxAge);
        }
    }

    /// <summary>The resource of a metadata path, in its one spelling; null where there is none.</summary>
    private string? ResourceAt(string path)
    {
        var rest = path[Prefix.Length..];
        if (rest.Length == 0)
        {
            return urls.Base;
        }

        return rest[0] == '/'
            && ResourceUris.Read(urls.Issuer + rest, urls.Base) is { } resource
            && resource.Canonical == urls.Issuer + rest
            ? resource.Canonical
            : null;
    }

    private JsonObject Describe(string resource) => new()
    {
        ["resource"] = resource,
        ["authorization_servers"] = new JsonArray(urls.Issuer),
        ["bearer_methods_supported"] = new JsonArray("header"),
        ["scopes_supported"] = resource == urls.Base + ResourceUris.AdminPath
            ? new JsonArray(McpScopes.Admin)
            : new JsonArray(McpScopes.Read, McpScopes.Tools),
    };
}
