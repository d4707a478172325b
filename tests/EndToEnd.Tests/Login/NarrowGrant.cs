using System.Buffers.Text;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ModelContextProtocol.Authentication;

namespace Smcp.EndToEnd.Login;

/// <summary>An app that a member let read and nothing more: what it holds before it needs more.</summary>
internal static class NarrowGrant
{
    private const string Verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

    public static async Task<(string Client, TokenContainer Tokens)> TakeAsync(
        MembersFixture members, Callback callback, CancellationToken cancellationToken)
    {
        var redirectUri = callback.Uri.ToString();
        var client = await members.RegisterAsync(redirectUri);
        using var visitor = new FormVisitor();
        var login = await visitor.OpenAsync($"{members.Issuer}/authorize?" + Query(
            ("response_type", "code"),
            ("client_id", client),
            ("redirect_uri", redirectUri),
            ("scope", "mcp:read"),
            ("resource", members.Everything.ToString()),
            ("code_challenge", Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(Verifier)))),
            ("code_challenge_method", "S256")));
        var consent = await visitor.SubmitAsync(
            login, ("username", MembersFixture.Member), ("password", MembersFixture.Password));
        await visitor.SubmitAsync(consent, ("decision", "approve"));
        var answer = await callback.NextAsync(cancellationToken);
        return (client, await RedeemAsync(members, client, redirectUri, answer["code"].ToString()));
    }

    private static async Task<TokenContainer> RedeemAsync(
        MembersFixture members, string client, string redirectUri, string code)
    {
        using var http = new HttpClient();
        using var content = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "authorization_code",
            ["client_id"] = client,
            ["redirect_uri"] = redirectUri,
            ["code"] = code,
            ["code_verifier"] = Verifier,
        });
        using var response = await http.PostAsync($"{members.Issuer}/token", content);
        response.EnsureSuccessStatusCode();
        var body = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal("mcp:read", body.GetProperty("scope").GetString());
        return new TokenContainer
        {
            AccessToken = body.GetProperty("access_token").GetString()!,
            RefreshToken = body.GetProperty("refresh_token").GetString(),
            ExpiresIn = body.GetProperty("expires_in").GetInt32(),
            TokenType = "Bearer",
            Scope = "mcp:read",
            ObtainedAt = TimeProvider.System.GetUtcNow(),
        };
    }

    private static string Query(params (string Name, string Value)[] parameters) =>
        string.Join('&', parameters.Select(pair => $"{pair.Name}={Uri.EscapeDataString(pair.Value)}"));
}
