using ModelContextProtocol.Protocol;
using Smcp.Hosting;

namespace StarterNamespace.Tests;

public sealed class StarterClassServerTests
{
    [Fact]
    public async Task Greet_Greets()
    {
        await using var host = await ServerTestHost.StartAsync<StarterClassServer>();

        Assert.Equal("Hello, Ada. You are number 1.", await GreetAsync(host));
    }

    [Fact]
    public async Task Greet_GoesOnCounting_WhenServerRestarted()
    {
        await using var host = await ServerTestHost.StartAsync<StarterClassServer>();
        await GreetAsync(host);
        await host.RestartAsync();

        Assert.Equal("Hello, Ada. You are number 2.", await GreetAsync(host));
    }

    private static async Task<string> GreetAsync(ServerTestHost host)
    {
        var result = await host.Client.CallToolAsync("greet", new Dictionary<string, object?> { ["name"] = "Ada" });
        return Assert.IsType<TextContentBlock>(Assert.Single(result.Content)).Text;
    }
}
