using System.Text.Json;
using Smcp.Protocol;

namespace Smcp.Connections;

/// <summary>What a server elsewhere says of how it is protected (RFC 9728 section 2).</summary>
internal sealed record ResourceMetadata(string Resource, IReadOnlyList<string> Issuers, IReadOnlyList<string> Scopes)
{
    private const string WellKnown = "/.well-known/oauth-protected-resource";

    /// <summary>Where it is looked for where no challenge says it: the path inserted, then the root.</summary>
    public static IEnumerable<string> LocationsOf(Uri endpoint)
    {
        var origin = endpoint.GetLeftPart(UriPartial.Authority);
        if (endpoint.AbsolutePath.Length > 1)
        {
            yield return $"{origin}{WellKnown}{endpoint.AbsolutePath}";
        }

        yield return origin + WellKnown;
    }

    /// <summary>Null where it names no resource, or no list is one.</summary>
    public static ResourceMetadata? Read(JsonElement json) => json.Text("resource") is { Length: > 0 } resource
        ? new ResourceMetadata(
            resource, JsonTexts.Of(json, "authorization_servers"), JsonTexts.Of(json, "scopes_supported"))
        : null;

    /// <summary>
    /// Whether it is this endpoint's: the endpoint, or what it is below (RFC 9728 section 3.3). Else anybody's metadata
    /// would make us ask for tokens of another server.
    /// </summary>
    public bool Covers(Uri endpoint)
    {
        if (!Uri.TryCreate(Resource, UriKind.Absolute, out var resource)
            || resource.GetLeftPart(UriPartial.Authority) != endpoint.GetLeftPart(UriPartial.Authority)
            || resource.Fragment.Length > 0)
        {
            return false;
        }

        var path = resource.AbsolutePath.TrimEnd('/');
        return endpoint.AbsolutePath.TrimEnd('/') == path
            || endpoint.AbsolutePath.StartsWith(path + "/", StringComparison.Ordinal);
    }
}
