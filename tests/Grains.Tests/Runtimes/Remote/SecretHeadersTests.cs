using Smcp.Hosting.Secrets;

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

    private static SecretHeaders Headers(string? value)
    {
        var secrets = new Dictionary<string, string>();
        if (value is not null)
        {
            secrets["KEY"] = value;
        }

        return new SecretHeaders(
            new Dictionary<string, string> { ["Authorization"] = "KEY" }, new GivenSecrets(secrets));
    }
}
