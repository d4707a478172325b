using Smcp.Identity;
using Smcp.Servers;

namespace Smcp.OAuth;

/// <summary>
/// Reads the <c>resource</c> of a request (RFC 8707 section 2): one of our servers, or the administration.
/// </summary>
internal static class ResourceUris
{
    public const string AdminPath = "/api/v1";

    /// <summary>
    /// Whether the text names all of this gateway and no one server, as the metadata at its root does: then it is as if
    /// nothing was said.
    /// </summary>
    public static bool NamesNoOne(string text, string baseUrl)
    {
        var named = text.TrimEnd('/');
        return string.Equals(named, baseUrl, StringComparison.OrdinalIgnoreCase)
            || string.Equals(
                named, new Uri(baseUrl).GetLeftPart(UriPartial.Authority), StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>
    /// What the text names, in its canonical spelling: scheme and host in any case and one slash at the end are taken
    /// as they are meant. Null for anything else. Whether there is such a server, its tenant's users are told.
    /// </summary>
    public static ResourceUri? Read(string text, string baseUrl)
    {
        if (text.Length > 2048 || text.AsSpan().ContainsAny("#?@\\")
            || !Uri.TryCreate(text, UriKind.Absolute, out var uri)
            || !string.Equals(
                uri.GetLeftPart(UriPartial.Authority), new Uri(baseUrl).GetLeftPart(UriPartial.Authority),
                StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        // The path as it was sent: a parser would resolve dots and escapes in it.
        var path = PathOf(text);
        var own = new Uri(baseUrl).AbsolutePath.TrimEnd('/');
        if (!path.StartsWith(own + "/", StringComparison.Ordinal))
        {
            return null;
        }

        return path[own.Length..] == AdminPath
            ? new ResourceUri(baseUrl + AdminPath, Tenant: null, Server: null)
            : path[own.Length..].Split('/') is ["", "t", var tenantText, "s", var serverText, "mcp"]
                && TenantId.TryParse(tenantText, null, out var tenant)
                && ServerId.TryParse(serverText, null, out var server)
                ? new ResourceUri(baseUrl + path[own.Length..], tenant, server)
                : null;
    }

    private static string PathOf(string text)
    {
        var authority = text.IndexOf("://", StringComparison.Ordinal) + 3;
        var slash = text.IndexOf('/', authority);
        var path = slash < 0 ? string.Empty : text[slash..];
        return path.EndsWith('/') ? path[..^1] : path;
    }
}
