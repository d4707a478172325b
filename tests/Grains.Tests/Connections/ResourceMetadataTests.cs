namespace Smcp.Connections;

public sealed class ResourceMetadataTests
{
    [Theory]
    [InlineData("https://x.example/a/mcp", true)]
    [InlineData("https://x.example/a/", true)]
    [InlineData("https://x.example", true)]
    [InlineData("https://x.example/a/mc", false)]
    [InlineData("https://x.example/b", false)]
    [InlineData("https://x.example:444/a/mcp", false)]
    [InlineData("http://x.example/a/mcp", false)]
    [InlineData("https://y.example/a/mcp", false)]
    [InlineData("https://x.example/a/mcp#f", false)]
    [InlineData("mcp", false)]
    public void Covers_TheEndpoint_AndWhatItIsBelow(string resource, bool covers) => Assert.Equal(
        covers, new ResourceMetadata(resource, [], []).Covers(new Uri("https://x.example/a/mcp")));

    [Fact]
    public void Locations_AreThePathInserted_ThenTheRoot()
    {
        Assert.Equal(
            [
                "https://x.example/.well-known/oauth-protected-resource/a/mcp",
                "https://x.example/.well-known/oauth-protected-resource",
            ],
            ResourceMetadata.LocationsOf(new Uri("https://x.example/a/mcp")));
        Assert.Equal(
            [
                "https://x.example/.well-known/oauth-authorization-server/t",
                "https://x.example/.well-known/openid-configuration/t",
                "https://x.example/t/.well-known/openid-configuration",
            ],
            IssuerMetadata.LocationsOf(new Uri("https://x.example/t")));
    }
}
