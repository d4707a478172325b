namespace Smcp.OAuth;

public sealed class ClientCredentialsTests
{
    [Fact]
    public async Task AS56_Client_GetsATokenForItself()
    {
        await using var host = await SecurityHost.StartAsync();
        var client = await OAuthClientDriver.OfTenantAsync(host, "robot", ["mcp-user"], "mcp:tools");

        var answer = (await client.AskForItselfAsync(("resource", host.ResourceOf("echo")))).IsGranted();

        Assert.Equal("mcp:tools", answer.Scope);
        Assert.Null(answer.Body["refresh_token"]);
        Assert.Equal("client:robot", (string?)AccessTokenText.ClaimsOf(answer.AccessToken)["sub"]);
    }

    [Fact]
    public async Task AS56_Scopes_AreThoseRegistered()
    {
        await using var host = await SecurityHost.StartAsync();
        var client = await OAuthClientDriver.OfTenantAsync(host, "robot", ["admin"], "mcp:tools");
        var resource = ("resource", (string?)host.ResourceOf("echo"));

        (await client.AskForItselfAsync(resource, ("scope", "mcp:admin"))).IsRefused("invalid_scope");
        Assert.Equal("mcp:read", (await client.AskForItselfAsync(resource, ("scope", "mcp:read"))).IsGranted().Scope);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("/t/other/s/echo/mcp")]
    public async Task AS56_Resource_IsOfTheClientsTenant(string? path)
    {
        await using var host = await SecurityHost.StartAsync();
        var client = await OAuthClientDriver.OfTenantAsync(host, "robot", ["mcp-user"]);

        (await client.AskForItselfAsync(("resource", path is null ? null : host.Issuer + path)))
            .IsRefused("invalid_target");
    }

    [Fact]
    public async Task AS56_OtherClients_MayNotActForThemselves()
    {
        await using var host = await SecurityHost.StartAsync();
        var registered = await OAuthClientDriver.RegisterAsync(host, "client_secret_basic");
        var open = await OAuthClientDriver.RegisterAsync(host);

        (await registered.AskForItselfAsync(("resource", host.ResourceOf("echo"))))
            .IsRefused("unauthorized_client");
        (await open.SendAsync([("grant_type", "client_credentials"), ("client_id", open.Id.ToString())]))
            .IsRefused("unauthorized_client");
    }
}
