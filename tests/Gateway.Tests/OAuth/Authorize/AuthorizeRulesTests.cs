using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Smcp.Identity;
using Smcp.Identity.OAuth;

namespace Smcp.OAuth.Authorize;

public sealed class AuthorizeRulesTests
{
    private const string Base = "https://smcp.example";
    private const string Server = $"{Base}/t/acme/s/notes/mcp";
    private const string Redirect = "https://app.example/cb";
    private static readonly string Challenge = new('A', 43);

    private static readonly OAuthClient Client = new()
    {
        Id = ClientId.Parse("client-1"),
        RedirectUris = [Redirect, "http://127.0.0.1:3000/cb"],
        GrantTypes = [GrantTypes.AuthorizationCode],
    };

    [Fact]
    public void Request_IsGood_WhenEveryRuleHolds()
    {
        Assert.Null(Shown());
        Assert.Null(Sent());
        Assert.Null(Shown(("redirect_uri", "http://127.0.0.1:51234/cb")));
        Assert.Null(Sent(("resource", null), ("scope", null), ("state", null)));
        Assert.Null(Sent(("resource", Base)));
    }

    [Theory]
    [InlineData("client_id", null)]
    [InlineData("client_id", "")]
    [InlineData("redirect_uri", null)]
    [InlineData("redirect_uri", "https://app.example/cb/")]
    [InlineData("redirect_uri", "https://app.example/cb?x=1")]
    [InlineData("redirect_uri", "https://app.example/c")]
    [InlineData("redirect_uri", "https://APP.example/cb")]
    [InlineData("redirect_uri", "https://app.example/%63b")]
    [InlineData("redirect_uri", "https://app.example.evil.example/cb")]
    [InlineData("redirect_uri", "http://localhost:3000/cb")]
    [InlineData("redirect_uri", "http://127.0.0.1:3000/other")]
    [InlineData("redirect_uri", "https://127.0.0.1:3000/cb")]
    [InlineData("redirect_uri", " https://app.example/cb")]
    [InlineData("redirect_uri", "javascript:alert(1)")]
    public void Error_IsAPage_WhenClientOrRedirectUriDoNotFit(string name, string? value) =>
        Assert.NotNull(Shown((name, value)));

    [Theory]
    [InlineData("client_id", "client-1", "client-1")]
    [InlineData("redirect_uri", Redirect, Redirect)]
    public void Error_IsAPage_WhenWhoOrWhereComesTwice(string name, string one, string two) =>
        Assert.Equal("invalid_request", AuthorizeRules.Check(
            AuthorizeRules.Shown, FactsOf(Client, [(name, new StringValues([one, two]))]))!.Error);

    [Fact]
    public void Error_IsAPage_WhenTheClientIsNotKnown() =>
        Assert.Equal("The document is too long.", AuthorizeRules.Check(
            AuthorizeRules.Shown,
            FactsOf(Client, []) with { Client = ClientLookup.Refused("The document is too long.") })!.Description);

    [Theory]
    [InlineData("response_type", null, "invalid_request")]
    [InlineData("response_type", "token", "unsupported_response_type")]
    [InlineData("response_type", "id_token", "unsupported_response_type")]
    [InlineData("response_type", "code token", "unsupported_response_type")]
    [InlineData("response_mode", "fragment", "invalid_request")]
    [InlineData("response_mode", "form_post", "invalid_request")]
    [InlineData("request", "eyJ", "request_not_supported")]
    [InlineData("request_uri", "https://x.example", "request_uri_not_supported")]
    [InlineData("code_challenge_method", null, "invalid_request")]
    [InlineData("code_challenge_method", "plain", "invalid_request")]
    [InlineData("code_challenge_method", "s256", "invalid_request")]
    [InlineData("code_challenge", null, "invalid_request")]
    [InlineData("code_challenge", "short", "invalid_request")]
    [InlineData("code_challenge", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "invalid_request")]
    [InlineData("code_challenge", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa=", "invalid_request")]
    [InlineData("code_challenge", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa+", "invalid_request")]
    [InlineData("scope", "nothing:known", "invalid_scope")]
    [InlineData("resource", "https://other.example/t/acme/s/notes/mcp", "invalid_target")]
    [InlineData("resource", $"{Server}#f", "invalid_target")]
    [InlineData("resource", $"{Server}?q", "invalid_target")]
    [InlineData("resource", $"{Base}/t/acme/s/notes/../x/mcp", "invalid_target")]
    [InlineData("resource", $"{Base}/t/Acme/s/notes/mcp", "invalid_target")]
    [InlineData("resource", "notes", "invalid_target")]
    public void Error_IsSent_WhenWhatForIsWrong(string name, string? value, string error)
    {
        Assert.Null(Shown((name, value)));
        Assert.Equal(error, Sent((name, value))!.Error);
    }

    [Theory]
    [InlineData("state", "invalid_request")]
    [InlineData("scope", "invalid_request")]
    [InlineData("code_challenge", "invalid_request")]
    [InlineData("unheard_of", "invalid_request")]
    [InlineData("resource", "invalid_target")]
    public void Error_IsSent_WhenAParameterComesTwice(string name, string error) =>
        Assert.Equal(error, AuthorizeRules.Check(
            AuthorizeRules.Sent, FactsOf(Client, [(name, new StringValues([Server, Server]))]))!.Error);

    [Fact]
    public void Client_IsKeptToItsGrantTypesScopesAndTenant()
    {
        Assert.Equal("unauthorized_client", Sent(Client with { GrantTypes = ["client_credentials"] })!.Error);
        Assert.Equal("unauthorized_client", Sent(Client with { Tenant = TenantId.Parse("other") })!.Error);
        Assert.Null(Sent(Client with { Tenant = TenantId.Parse("acme") }));
        Assert.Equal("invalid_scope", Sent(Client with { Scopes = ["mcp:read"] }, ("scope", "mcp:admin"))!.Error);
        Assert.Null(Sent(Client with { Scopes = ["mcp:tools"] }, ("scope", "mcp:read")));
    }

    [Theory]
    [InlineData("mcp:tools bogus mcp:read", "mcp:read mcp:tools")]
    [InlineData("offline_access mcp:admin", "mcp:admin offline_access")]
    [InlineData(null, "mcp:read mcp:tools offline_access")]
    public void Scopes_AreThoseThereAre(string? asked, string expected) => Assert.Equal(
        expected,
        string.Join(' ', AuthorizeRules.ScopesOf(FactsOf(Client, [("scope", asked)]).Query, Client)));

    [Theory]
    [InlineData("HTTPS://SMCP.example/t/acme/s/notes/mcp")]
    [InlineData("https://smcp.example:443/t/acme/s/notes/mcp")]
    [InlineData($"{Server}/")]
    public void Resource_IsCanonical_HoweverItIsSpelled(string text) =>
        Assert.Equal(Server, ResourceUris.Read(text, Base)!.Canonical);

    [Fact]
    public void Administration_IsAResourceOfNoTenant()
    {
        var resource = ResourceUris.Read($"{Base}/api/v1", Base);

        Assert.Equal($"{Base}/api/v1", resource!.Canonical);
        Assert.Null(resource.Tenant);
    }

    private static AuthorizeRefusal? Shown(params (string, string?)[] changes) =>
        AuthorizeRules.Check(AuthorizeRules.Shown, FactsOf(Client, Values(changes)));

    private static AuthorizeRefusal? Sent(params (string, string?)[] changes) => Sent(Client, changes);

    private static AuthorizeRefusal? Sent(OAuthClient client, params (string, string?)[] changes) =>
        AuthorizeRules.Check(AuthorizeRules.Sent, FactsOf(client, Values(changes)));

    private static IEnumerable<(string, StringValues)> Values((string Name, string? Value)[] changes) =>
        changes.Select(change => (change.Name, new StringValues(change.Value)));

    private static AuthorizeFacts FactsOf(OAuthClient client, IEnumerable<(string Name, StringValues Value)> changes)
    {
        var parameters = new Dictionary<string, StringValues>
        {
            ["client_id"] = "client-1",
            ["redirect_uri"] = Redirect,
            ["response_type"] = "code",
            ["state"] = "xyz",
            ["scope"] = "mcp:tools",
            ["resource"] = Server,
            ["code_challenge"] = Challenge,
            ["code_challenge_method"] = "S256",
        };
        foreach (var (name, value) in changes)
        {
            if (value.Count == 0 || (value.Count == 1 && value[0] is null))
            {
                parameters.Remove(name);
            }
            else
            {
                parameters[name] = value;
            }
        }

        return new AuthorizeFacts(
            new AuthorizeQuery(new QueryCollection(parameters)), ClientLookup.Of(client), Base);
    }
}
