using Microsoft.AspNetCore.Http;

namespace Smcp.Auth;

/// <summary>Takes the credential out of a request. Only the header is one (RFC 6750 section 2; OAuth 2.1).</summary>
internal static class BearerCredential
{
    private const string Scheme = "Bearer ";

    /// <summary>
    /// Null: none is shown. Empty: what is shown cannot be one, e.g. another scheme, two headers, or too long a text.
    /// </summary>
    public static string? Of(HttpRequest request, int lengthMax)
    {
        var header = request.Headers.Authorization;
        if (header.Count == 0)
        {
            return null;
        }

        var text = header[0]!;
        if (header.Count > 1 || text.Length > lengthMax + Scheme.Length
            || !text.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            return string.Empty;
        }

        var credential = text[Scheme.Length..].Trim(' ');
        return credential.AsSpan().ContainsAnyExceptInRange('!', '~') ? string.Empty : credential;
    }
}
