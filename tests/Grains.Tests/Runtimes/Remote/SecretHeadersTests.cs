using Smcp.Hosting.Secrets;
using Smcp.Servers;

namespace Smcp.Runtimes.Remote;

public sealed class SecretHeadersTests
{
    [Theory]
    [InlineData("Host")]
    [InlineData("transfer-encoding")]
    [InlineData("Mcp-Session-Id")]
    [InlineData("last-event-id")]
    [InlineData("X Y")]
    [InlineData("")]
    public void Header_CannotBeSet_WhenTheTransportSpeaksByIt(string name) =>
        Assert.Equal(name, SecretHeaders.Problem(["Authorization", name]));

    [Fact]
    public async Task Header_HasTheSecretsValue()
    {
        using var request = new HttpRequestMessage();

        Assert.True(await Headers("Bearer s").ApplyAsync(request, default));

        Assert.Equal("Bearer s", request.Headers.Authorization!.ToString());
    }

    [Fact]
    public async Task Request_IsNotSent_WhenTheSecretIsNotGrantedOrIsNoHeaderValue()
    {
        using var request = new HttpRequestMessage();

        Assert.False(await Headers(null).ApplyAsync(request, default));
        Assert.False(await Headers("s\r\nX-Evil: 1").ApplyAsync(request, default));
        Assert.Empty(request.Headers);
    }

    [Fact]
    public async Task Header_HasItsText_WithSecretsInIt()
    {
        using var request = new HttpRequestMessage();
        var settings = new RemoteSettings
        {
            Url = "https://example.org",
            Headers = new Dictionary<string, string> { ["Authorization"] = "Bearer ${KEY}", ["X-Set"] = "repos" },
        };

        Assert.True(await Headers("s", settings).ApplyAsync(request, default));
        Assert.Equal("Bearer s", request.Headers.Authorization!.ToString());
        Assert.Equal(["repos"], request.Headers.GetValues("X-Set"));
        Assert.False(await Headers(null, settings).ApplyAsync(request, default));
    }

    [Theory]
    [InlineData("${key}")]
    [InlineData("Bearer ${KEY")]
    [InlineData("a\nb")]
    public void Text_IsNone_WhenItsPlaceholderNamesNoSecret(string text) => Assert.Null(HeaderText.Parse(text));

    private static SecretHeaders Headers(string? value, RemoteSettings? given = null)
    {
        var settings = given ?? new RemoteSettings
        {
            Url = "https://example.org",
            SecretHeaders = new Dictionary<string, string> { ["Authorization"] = "KEY" },
        };
        var secrets = new Dictionary<string, string>();
        if (value is not null)
        {
            secrets["KEY"] = value;
        }

        return SecretHeaders.Of(settings, new GivenSecrets(secrets))!;
    }
}
