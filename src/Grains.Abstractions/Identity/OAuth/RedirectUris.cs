using System.Net;

namespace Smcp.Identity.OAuth;

/// <summary>
/// Where codes may be sent (OAuth 2.1 section 2.3, RFC 8252 section 7). Texts are compared, not URIs: nothing is
/// normalised, so that there is nothing to disagree about.
/// </summary>
public static class RedirectUris
{
    private const int LengthMax = 2048;

    /// <summary>
    /// Whether a client may register it: https of any host, or http of loopback (MCP authorization, "Communication
    /// Security"), or one of the apps' own schemes that the installation allows. No fragment, no user, no dot segments.
    /// </summary>
    public static bool IsRegistrable(string? uri, IEnumerable<string>? appSchemes = null)
    {
        if (uri is not { Length: > 0 and <= LengthMax }
            || uri.AsSpan().ContainsAnyExceptInRange('!', '~') || uri.AsSpan().ContainsAny("#\\\"<>")
            || !Uri.TryCreate(uri, UriKind.Absolute, out var parsed)
            || !uri.StartsWith(parsed.Scheme + ":", StringComparison.Ordinal))
        {
            return false;
        }

        return parsed.Scheme switch
        {
            "https" => HasPlainAuthority(uri, parsed),
            "http" => HasPlainAuthority(uri, parsed) && IsLoopback(parsed),
            var scheme => appSchemes?.Contains(scheme) == true,
        };
    }

    /// <summary>
    /// Whether a redirect URI that was asked for is the registered one: the same text, but for the port of a loopback
    /// address, which an app takes as it finds it (RFC 8252 section 7.3).
    /// </summary>
    public static bool Match(string registered, string asked) =>
        string.Equals(registered, asked, StringComparison.Ordinal)
        || (IsRegistrable(asked) && IsRegistrable(registered)
            && WithoutLoopbackPort(registered) is { } one
            && string.Equals(one, WithoutLoopbackPort(asked), StringComparison.Ordinal));

    /// <summary>Whether it leads to a program on the user's own machine.</summary>
    public static bool IsLoopback(Uri uri) =>
        string.Equals(uri.Host, "localhost", StringComparison.Ordinal)
        || (IPAddress.TryParse(uri.Host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    /// <summary>The text says what the parser understood: a host, and no user before it.</summary>
    private static bool HasPlainAuthority(string text, Uri uri) =>
        uri.UserInfo.Length == 0
        && uri.Host.Length > 0
        && text.StartsWith($"{uri.Scheme}://{uri.Host}", StringComparison.Ordinal)
        && !AuthorityOf(text).Contains('@')
        && !text.Contains("/../", StringComparison.Ordinal) && !text.Contains("/./", StringComparison.Ordinal);

    private static ReadOnlySpan<char> AuthorityOf(string text)
    {
        var rest = text.AsSpan(text.IndexOf("://", StringComparison.Ordinal) + 3);
        var end = rest.IndexOfAny('/', '?');
        return end < 0 ? rest : rest[..end];
    }

    private static string? WithoutLoopbackPort(string text)
    {
        var uri = new Uri(text);
        if (uri.Scheme != Uri.UriSchemeHttp || !IsLoopback(uri))
        {
            return null;
        }

        var authority = AuthorityOf(text);
        return string.Concat("http://", uri.Host, text.AsSpan("http://".Length + authority.Length));
    }
}
