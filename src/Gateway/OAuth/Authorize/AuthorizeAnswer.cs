using System.Text;
using Smcp.Pages;

namespace Smcp.OAuth.Authorize;

/// <summary>
/// The answer to a client: its redirect URI with <c>code</c> or <c>error</c>, the <c>state</c> as it came, and who we
/// are (RFC 9207 section 2).
/// </summary>
internal static class AuthorizeAnswer
{
    public static PageAnswer Code(string redirectUri, string? state, string issuer, string code) =>
        To(redirectUri, [("code", code), (AuthorizeQuery.State, state), ("iss", issuer)]);

    public static PageAnswer Error(string redirectUri, string? state, string issuer, AuthorizeRefusal refusal) =>
        To(
            redirectUri,
            [
                ("error", refusal.Error),
                ("error_description", refusal.Description),
                (AuthorizeQuery.State, state),
                ("iss", issuer),
            ]);

    private static PageAnswer To(string redirectUri, IEnumerable<(string Name, string? Value)> parameters)
    {
        var location = new StringBuilder(redirectUri);
        var separator = redirectUri.Contains('?', StringComparison.Ordinal) ? '&' : '?';
        foreach (var (name, value) in parameters)
        {
            if (value is not null)
            {
                location.Append(separator).Append(name).Append('=').Append(Uri.EscapeDataString(value));
                separator = '&';
            }
        }

        return PageAnswer.GoTo(location.ToString());
    }
}
