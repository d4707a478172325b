using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Smcp.OAuth;

public sealed class ProtectedResourceMetadataTests
{
    private const string Prefix = "/.well-known/oauth-protected-resource";

    [Theory]
    [InlineData("/t/default/s/echo/mcp")]
    [InlineData("/t/nobody/s/nothing/mcp")]
    [InlineData("/api/v1")]
    [InlineData("")]
    public async Task RS07_ResourceMetadata_NamesResourceAndIssuer(string resource)
    {
        await using var host = await SecurityHost.StartAsync();

        var body = (await host.Client.GetFromJsonAsync<JsonObject>(Prefix + resource))!;

        Assert.Equal(host.Issuer + resource, (string?)body["resource"]);
        Assert.Equal([host.Issuer], AuthorizationServerMetadataTests.Texts(body, "authorization_servers"));
        Assert.Equal(["header"], AuthorizationServerMetadataTests.Texts(body, "bearer_methods_supported"));
    }

    [Theory]
    [InlineData("/t/default/s/echo/mcp/")]
    [InlineData("/t/default/s/echo")]
    [InlineData("/t/Default/s/echo/mcp")]
    [InlineData("/x")]
    [InlineData("x")]
    public async Task RS07_ResourceMetadata_IsNotThereForWhatIsNoResource(string resource)
    {
        await using var host = await SecurityHost.StartAsync();

        using var response = await host.Client.GetAsync(Prefix + resource);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Theory]
    [InlineData(Prefix)]
    [InlineData(Prefix + "/t/default/s/echo/mcp")]
    [InlineData("/.well-known/oauth-authorization-server")]
    public async Task RS06_Metadata_NeverNamesOfflineAccess(string path)
    {
        await using var host = await SecurityHost.StartAsync();

        Assert.DoesNotContain("offline_access", await host.Client.GetStringAsync(path), StringComparison.Ordinal);
    }
}
