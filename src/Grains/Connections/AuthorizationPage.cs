using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Smcp.Connections;

/// <summary>The page where people agree, as the address that a browser goes to (RFC 6749 section 4.1.1).</summary>
internal static class AuthorizationPage
{
    public static string Of(IssuerMetadata issuer, ConnectionAttempt attempt, string state)
    {
        var challenge = SHA256.HashData(Encoding.ASCII.GetBytes(attempt.Verifier));
        var parameters = new List<(string Name, string Value)>
        {
            ("response_type", "code"),
            ("client_id", attempt.Peer.Client.Id),
            ("redirect_uri", attempt.RedirectUri),
            ("state", state),
            ("code_challenge", Base64Url.EncodeToString(challenge)),
            ("code_challenge_method", "S256"),
            ("resource", attempt.Peer.Resource),
        };
        if (attempt.Scopes.Count > 0)
        {
            parameters.Add(("scope", string.Join(' ', attempt.Scopes)));
        }

        if (attempt.Scopes.Contains("offline_access"))
        {
            // OpenID Connect Core section 11: else it may be ignored.
            parameters.Add(("prompt", "consent"));
        }

        var query = string.Join('&', parameters.Select(p => $"{p.Name}={Uri.EscapeDataString(p.Value)}"));
        var separator = issuer.Authorization!.Query.Length > 0 ? '&' : '?';
        return $"{issuer.Authorization.AbsoluteUri}{separator}{query}";
    }
}
