using Microsoft.Extensions.Options;

namespace Smcp;

public sealed class OptionsTests
{
    [Theory]
    [InlineData("Network:BodyBytesMax", "1")]
    [InlineData("Network:HeadersMax", "0")]
    [InlineData("Mcp:Heartbeat", "00:00:00")]
    [InlineData("Mcp:DepthMax", "100000")]
    [InlineData("Id", "a/b")]
    [InlineData("Network:Addresses:Denied:0", "10.0.0.1/8")]
    [InlineData("Network:Forwarding:KnownProxies:0", "proxy.example")]
    [InlineData("Network:Forwarding:HopsMax", "0")]
    public async Task Start_Fails_WhenAnOptionIsOutOfItsRange(string key, string value) =>
        await Assert.ThrowsAsync<OptionsValidationException>(() => GatewayHost.StartAsync(null, (key, value)));
}
