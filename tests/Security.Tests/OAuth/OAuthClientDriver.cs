using System.Buffers.Text;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Smcp.Identity;
using Smcp.Identity.OAuth;
using Smcp.Identity.Users;

namespace Smcp.OAuth;

/// <summary>
/// A client of the authorization server, over HTTP. What its user does at the pages, it does at the grain: the pages
/// have tests of their own.
/// </summary>
internal sealed class OAuthClientDriver(SecurityHost host, ClientId id, string? secret = null)
{
    public const string RedirectUri = "http://127.0.0.1:3000/callback";
    public const string Verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

    public static string Challenge { get; } =
        Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(Verifier)));

    public ClientId Id => id;

    public string? Secret => secret;

    /// <summary>A client that registered itself.</summary>
    public static async Task<OAuthClientDriver> RegisterAsync(SecurityHost host, string authentication = "none")
    {
        using var response = await host.Client.PostAsJsonAsync("/register", new
        {
            redirect_uris = new[] { RedirectUri },
            token_endpoint_auth_method = authentication,
            client_name = "Test client",
        });
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        var body = (await response.Content.ReadFromJsonAsync<JsonObject>())!;
        return new OAuthClientDriver(
            host, ClientId.Parse((string)body["client_id"]!), (string?)body["client_secret"]);
    }

    /// <summary>A client that a tenant's administrators registered for itself to act.</summary>
    public static async Task<OAuthClientDriver> OfTenantAsync(
        SecurityHost host, string name, IReadOnlyList<string> roles, params string[] scopes)
    {
        var id = ClientId.Parse(name);
        var created = await host.Grains.Locate<IClientGrain>(ClientKey.Of(id)).CreateAsync(
            new OAuthClient
            {
                Id = id,
                Source = ClientSource.Tenant,
                Tenant = TenantId.Default,
                GrantTypes = [GrantTypes.ClientCredentials],
                Authentication = ClientAuthentication.SecretBasic,
                Roles = roles,
                Scopes = scopes,
            },
            default);
        return new OAuthClientDriver(host, id, created.Secret);
    }

    /// <summary>A code, as the consent page makes it.</summary>
    public async Task<string> ConsentAsync(UserId user, string resource, params string[] scopes)
    {
        var key = new GrantKey(TenantId.Default, GrantId.Random());
        var issue = await host.Grains.Locate<IGrantGrain>(key.ToString()).AuthorizeAsync(
            SecurityHost.ContextOf(user.Principal.ToString()),
            new GrantRequest
            {
                Client = id,
                RedirectUri = RedirectUri,
                Resource = resource,
                Scopes = scopes.Length > 0 ? scopes : [McpScopes.Tools],
                CodeChallenge = Challenge,
            },
            default);
        Assert.Null(issue.Refusal);
        return issue.Code!;
    }

    /// <summary>Redeems a code. A null value leaves a parameter out; a name that is there replaces ours.</summary>
    public Task<TokenAnswer> RedeemAsync(string code, params (string Name, string? Value)[] other) => TokenAsync(
        [
            ("grant_type", "authorization_code"),
            ("code", code),
            ("client_id", id.ToString()),
            ("client_secret", secret),
            ("redirect_uri", RedirectUri),
            ("code_verifier", Verifier),
        ],
        other);

    public Task<TokenAnswer> RefreshAsync(string token, params (string Name, string? Value)[] other) => TokenAsync(
        [
            ("grant_type", "refresh_token"),
            ("refresh_token", token),
            ("client_id", id.ToString()),
            ("client_secret", secret),
        ],
        other);

    /// <summary>Asks for a token for itself, by Basic authentication.</summary>
    public Task<TokenAnswer> AskForItselfAsync(params (string Name, string? Value)[] form) =>
        SendAsync([("grant_type", "client_credentials"), .. form], Basic(id.ToString(), secret!));

    /// <summary>Asks for a token for itself, by an assertion that it signed.</summary>
    public Task<TokenAnswer> AskByAssertionAsync(string assertion, params (string Name, string? Value)[] form) =>
        SendAsync(
        [
            ("grant_type", "client_credentials"),
            ("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"),
            ("client_assertion", assertion),
            .. form,
        ]);

    public async Task<HttpStatusCode> RevokeAsync(string token)
    {
        using var content = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["token"] = token,
            ["client_id"] = id.ToString(),
        });
        using var response = await host.Client.PostAsync("/revoke", content);
        return response.StatusCode;
    }

    public static AuthenticationHeaderValue Basic(string id, string secret) => new(
        "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(
            $"{Uri.EscapeDataString(id)}:{Uri.EscapeDataString(secret)}")));

    /// <summary>Posts a form to the token endpoint.</summary>
    public async Task<TokenAnswer> SendAsync(
        IEnumerable<(string Name, string? Value)> form, AuthenticationHeaderValue? authorization = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/token")
        {
            Content = new FormUrlEncodedContent(
                form.Where(pair => pair.Value is not null).Select(pair => KeyValuePair.Create(pair.Name, pair.Value!))),
        };
        request.Headers.Authorization = authorization;
        return await TokenAnswer.OfAsync(await host.Client.SendAsync(request));
    }

    private Task<TokenAnswer> TokenAsync(
        IEnumerable<(string Name, string? Value)> form, (string Name, string? Value)[] other) =>
        SendAsync(form.Where(pair => !other.Any(o => o.Name == pair.Name)).Concat(other));
}
