using System.Buffers.Text;
using System.Text.Json;
using Smcp.Identity.OAuth;
using Smcp.Protocol;

namespace Smcp.OAuth.Clients;

/// <summary>
/// Reads <c>client_assertion</c> (RFC 7521 section 4.2). Who signed it, it says itself; whether that is so, the
/// client's grain knows.
/// </summary>
internal static class AssertionCredential
{
    private const string Type = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    /// <summary>The client and its assertion; null where they do not go together.</summary>
    public static ClientCredential? Read(string assertion, OAuthForm form) =>
        form["client_assertion_type"] == Type
        && ClientId.TryParse(SubjectOf(assertion), null, out var client)
        && (form["client_id"] is not { } named || named == client.ToString())
            ? new ClientCredential(client, ClientAuthentication.PrivateKeyJwt, assertion)
            : null;

    private static string? SubjectOf(string assertion)
    {
        if (assertion.Split('.') is not [_, var body, _] || !Base64Url.IsValid(body))
        {
            return null;
        }

        using var claims = ForeignJson.Parse(Base64Url.DecodeFromChars(body), default);
        return claims?.RootElement is { ValueKind: JsonValueKind.Object } json ? json.Text("sub") : null;
    }
}
