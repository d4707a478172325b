using System.Text.Json.Nodes;
using Smcp.Identity.OAuth;

namespace Smcp.OAuth.Registration;

/// <summary>Tells a client what it is registered as (RFC 7591 section 3.2.1).</summary>
internal static class RegistrationAnswer
{
    public static JsonObject Of(OAuthClient client, string? secret)
    {
        var body = new JsonObject
        {
            ["client_id"] = client.Id.ToString(),
            ["client_id_issued_at"] = client.RegisteredAt.ToUnixTimeSeconds(),
            ["redirect_uris"] = Texts(client.RedirectUris),
            ["grant_types"] = Texts(client.GrantTypes),
            ["response_types"] = new JsonArray("code"),
            ["token_endpoint_auth_method"] = client.Authentication switch
            {
                ClientAuthentication.SecretBasic => "client_secret_basic",
                ClientAuthentication.SecretPost => "client_secret_post",
                ClientAuthentication.PrivateKeyJwt => "private_key_jwt",
                _ => "none",
            },
        };
        AddIfGiven(body, "client_name", client.Name);
        AddIfGiven(body, "client_uri", client.ClientUri);
        AddIfGiven(body, "logo_uri", client.LogoUri);
        AddIfGiven(body, "scope", client.Scopes.Count > 0 ? string.Join(' ', client.Scopes) : null);
        if (secret is not null)
        {
            body["client_secret"] = secret;

            // Zero: it does not expire.
            body["client_secret_expires_at"] = 0;
        }

        return body;
    }

    private static JsonArray Texts(IReadOnlyList<string> texts) =>
        new([.. texts.Select(text => JsonValue.Create(text))]);

    private static void AddIfGiven(JsonObject body, string name, string? value)
    {
        if (value is not null)
        {
            body[name] = value;
        }
    }
}
