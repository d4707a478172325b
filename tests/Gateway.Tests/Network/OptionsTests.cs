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
    public async Task Start_Fails_WhenAnOptionIsOutOfItsRange(string key, string value) =>
        await Assert.ThrowsAsync<OptionsValidationException>(() => GatewayHost.StartAsync(null, (key, value)));
}
