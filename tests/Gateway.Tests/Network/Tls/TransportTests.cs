namespace Smcp;

/// <summary>What came in clear from another machine, seen through a proxy on this one.</summary>
public sealed class TransportTests
{
    [Theory]
    [InlineData("203.0.113.9", "https", "true", 200)]
    [InlineData("203.0.113.9", "http", "true", 403)]
    [InlineData("203.0.113.9", null, "true", 403)]
    [InlineData("203.0.113.9", "http", "false", 200)]
    [InlineData("127.0.0.1", "http", "true", 200)]
    [InlineData("::1", null, "true", 200)]
    public async Task Request_IsRefused_WhenItCameInClearFromAnotherMachine(
        string client, string? proto, string requireTls, int expected)
    {
        await using var host = await GatewayHost.StartAsync(
            null, ("Network:Forwarding:KnownProxies:0", "127.0.0.1"), ("Tls:RequireTls", requireTls));
        (string, string)[] headers = [("X-Forwarded-For", client)];
        var request = McpWire.Post(
            McpWire.Initialize("2025-11-25"), proto is null ? headers : [.. headers, ("X-Forwarded-Proto", proto)]);

        Assert.Equal(expected, (await host.SendAsync(request)).Status);
    }
}
