using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Smcp.Identity;
using Smcp.Servers;

namespace Smcp;

public sealed class CanonicalUrlsTests
{
    private static readonly TenantId Tenant = TenantId.Parse("acme");
    private static readonly ServerId Server = ServerId.Parse("echo");

    [Theory]
    [InlineData("https://mcp.example.com", "https://mcp.example.com", "https://mcp.example.com", "")]
    [InlineData("https://MCP.example.com:443/", "https://mcp.example.com", "https://mcp.example.com", "")]
    [InlineData("https://mcp.example.com:8443/base/", "https://mcp.example.com:8443/base",
        "https://mcp.example.com:8443", "/base")]
    public async Task Urls_AreThoseOfTheConfiguration_WhenItNamesThem(
        string publicUrl, string expected, string issuer, string path)
    {
        await using var host = await GatewayHost.StartAsync(
            null, ("PublicUrls:0", publicUrl), ("PublicUrls:1", "https://other.example"));
        var urls = host.Services.GetRequiredService<CanonicalUrls>();

        Assert.Equal(expected, urls.Base);
        Assert.Equal(issuer, urls.Issuer);
        Assert.Equal($"{expected}/t/acme/s/echo/mcp", urls.ResourceOf(Tenant, Server));
        Assert.Equal(
            $"{issuer}/.well-known/oauth-protected-resource{path}/t/acme/s/echo/mcp",
            urls.MetadataOf(Tenant, Server));
        Assert.True(urls.IsHttps);
    }

    [Fact]
    public async Task Urls_AreThoseBound_WhenNoneIsConfigured()
    {
        await using var host = await GatewayHost.StartAsync();
        var urls = host.Services.GetRequiredService<CanonicalUrls>();

        Assert.Equal($"http://127.0.0.1:{host.Port}", urls.Base);
        Assert.Equal(urls.Base, urls.Issuer);
        Assert.False(urls.IsHttps);
    }

    [Theory]
    [InlineData("mcp.example.com")]
    [InlineData("ftp://mcp.example.com")]
    [InlineData("https://user@mcp.example.com")]
    [InlineData("https://mcp.example.com/?a=b")]
    [InlineData("https://mcp.example.com/#a")]
    public async Task Start_Fails_WhenAPublicUrlIsNone(string url) =>
        await Assert.ThrowsAsync<OptionsValidationException>(() => GatewayHost.StartAsync(null, ("PublicUrls:0", url)));
}
