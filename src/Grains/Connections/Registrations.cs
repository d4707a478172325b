using System.Text.Json;
using Smcp.Protocol;
using Smcp.Servers;

namespace Smcp.Connections;

/// <summary>Registers us at authorization servers (RFC 7591).</summary>
internal sealed class Registrations(OAuthHttp http)
{
    private const string Name = "Smcp";

    /// <summary>Who we are there from now on; null where it does not want us.</summary>
    public async Task<ConnectionClient?> RegisterAsync(
        ServerKey server, ClientRegistration registration, CancellationToken cancellationToken)
    {
        if (http.Address(registration.Endpoint) is not { } endpoint)
        {
            return null;
        }

        var reply = await http.PostAsync(
            server, endpoint, Document(registration.RedirectUri, registration.AuthMethod), cancellationToken);
        return reply is { IsSuccess: true, Json: { } json } && json.Text("client_id") is { Length: > 0 and <= 2_048 } id
            ? Read(json, id, registration)
            : null;
    }

    /// <summary>
    /// What we say of ourselves (RFC 7591 section 2; 2026-07-28: whether a web server, or on this machine).
    /// </summary>
    public static Dictionary<string, object> Document(string redirectUri, string authMethod) => new()
    {
        ["client_name"] = Name,
        ["redirect_uris"] = new[] { redirectUri },
        ["grant_types"] = new[] { "authorization_code", "refresh_token" },
        ["response_types"] = new[] { "code" },
        ["token_endpoint_auth_method"] = authMethod,
        ["application_type"] = new Uri(redirectUri).IsLoopback ? "native" : "web",
    };

    private static ConnectionClient Read(JsonElement json, string id, ClientRegistration registration)
    {
        var secret = json.Text("client_secret");
        var method = json.Text("token_endpoint_auth_method") is { } said && AuthMethods.IsKnown(said)
            ? said
            : registration.AuthMethod;
        return new ConnectionClient
        {
            Issuer = registration.Issuer,
            Id = id,
            Secret = secret,
            AuthMethod = secret is null ? AuthMethods.None : method,
            RedirectUri = registration.RedirectUri,
            ExpiresAt = json.TryGetProperty("client_secret_expires_at", out var end)
                && end.ValueKind == JsonValueKind.Number && end.TryGetInt64(out var seconds)
                && seconds is > 0 and < 253_402_300_000
                ? DateTimeOffset.FromUnixTimeSeconds(seconds)
                : null,
        };
    }
}
