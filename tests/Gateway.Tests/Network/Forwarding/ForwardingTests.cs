namespace Smcp;

/// <summary>Who a request is from, seen from the rules that let it in.</summary>
public sealed class ForwardingTests
{
    private const string Denied = "203.0.113.0/24";
    private const string Client = "203.0.113.9";
    private const string Other = "198.51.100.1";

    [Theory]
    [InlineData("X-Forwarded-For", Client, 403)]
    [InlineData("X-Forwarded-For", Other, 200)]
    [InlineData("X-Forwarded-For", "203.0.113.9, 198.51.100.1", 200)]
    [InlineData("X-Forwarded-For", "198.51.100.1, 203.0.113.9", 403)]
    [InlineData("X-Forwarded-For", "unknown", 400)]
    [InlineData("Forwarded", "for=203.0.113.9", 200)]
    public async Task Client_IsTheOneThatAKnownProxyNames(string header, string value, int expected) =>
        Assert.Equal(expected, await AskAsync(
            [("Network:Forwarding:KnownProxies:0", "127.0.0.1")], (header, value)));

    [Theory]
    [InlineData("Forwarded", "for=203.0.113.9;proto=https", 403)]
    [InlineData("Forwarded", "for=198.51.100.1", 200)]
    [InlineData("Forwarded", "for=\"x", 400)]
    [InlineData("Forwarded", "for=198.51.100.1;proto=ftp", 400)]
    [InlineData("X-Forwarded-For", Client, 200)]
    public async Task Client_IsTheOneOfTheConfiguredHeader(string header, string value, int expected) =>
        Assert.Equal(expected, await AskAsync(
            [("Network:Forwarding:KnownProxies:0", "127.0.0.0/8"), ("Network:Forwarding:Header", "Forwarded")],
            (header, value)));

    [Theory]
    [InlineData("X-Forwarded-For", Client)]
    [InlineData("X-Forwarded-For", "nonsense")]
    [InlineData("Forwarded", "for=203.0.113.9")]
    public async Task Header_IsIgnored_WhenItsSenderIsNoKnownProxy(string header, string value) =>
        Assert.Equal(200, await AskAsync([("Network:Forwarding:KnownProxies:0", "10.0.0.1")], (header, value)));

    [Theory]
    [InlineData("true", "evil.example", 403)]
    [InlineData("true", "localhost", 200)]
    [InlineData("false", "evil.example", 200)]
    public async Task Host_IsTakenFromAProxy_OnlyWhenThatIsSaid(string take, string host, int expected) =>
        Assert.Equal(expected, await AskAsync(
            [("Network:Forwarding:KnownProxies:0", "127.0.0.1"), ("Network:Forwarding:TakeHost", take)],
            ("X-Forwarded-For", Other), ("X-Forwarded-Host", host)));

    [Theory]
    [InlineData("Network:Addresses:Denied:0", "127.0.0.0/8", 403)]
    [InlineData("Network:Addresses:Allowed:0", "127.0.0.1", 200)]
    [InlineData("Network:Addresses:Allowed:0", "10.0.0.0/8", 403)]
    public async Task Address_IsHeldAgainstTheLists_WhenThereIsNoProxy(string key, string value, int expected) =>
        Assert.Equal(expected, await AskAsync([(key, value)]));

    private static async Task<int> AskAsync(
        (string Key, string Value)[] settings, params (string Name, string Value)[] headers)
    {
        await using var host = await GatewayHost.StartAsync(
            null, [("Network:Addresses:Denied:9", Denied), ("Tls:RequireTls", "false"), .. settings]);
        return (await host.SendAsync(McpWire.Post(McpWire.Initialize("2025-11-25"), headers))).Status;
    }
}
