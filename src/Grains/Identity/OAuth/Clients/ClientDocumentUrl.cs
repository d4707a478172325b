namespace Smcp.Identity.OAuth.Clients;

/// <summary>
/// Which URLs may be clients (OAuth Client ID Metadata Document section 3), and which may hold their keys.
/// </summary>
internal static class ClientDocumentUrl
{
    /// <summary>
    /// The URL, if it is https with a path, and without user, fragment and dot segments; and written as it will be
    /// asked for, so that what is compared is what is fetched.
    /// </summary>
    public static Uri? Parse(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri)
            && uri.Scheme == Uri.UriSchemeHttps
            && uri.UserInfo.Length == 0
            && uri.Fragment.Length == 0 && !text.Contains('#', StringComparison.Ordinal)
            && uri.AbsolutePath.Length > 1
            && !HasDotSegment(text)
            && string.Equals(uri.AbsoluteUri, text, StringComparison.Ordinal)
            ? uri
            : null;

    private static bool HasDotSegment(string text) =>
        text.Replace("%2e", ".", StringComparison.OrdinalIgnoreCase)
            .Split('?')[0].Split('/')
            .Any(segment => segment is "." or "..");
}
