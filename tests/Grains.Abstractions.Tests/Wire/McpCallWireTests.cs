using System.Text;
using System.Text.Json;
using Smcp.Mcp;
using Smcp.Protocol;
using Smcp.Wire;

namespace Smcp.Tests.Wire;

public sealed class McpCallWireTests
{
    [Theory]
    [InlineData("12")]
    [InlineData("\"a \\u00e9\"")]
    public void McpCall_KeepsIdAndBytes_WhenItCrosses(string idToken)
    {
        var parameters = Encoding.UTF8.GetBytes("""{ "unknown":  1e2 }""");
        var call = new McpCall { Method = "tools/call", Id = new JsonRpcId(idToken), Params = parameters };

        var json = JsonSerializer.SerializeToUtf8Bytes(call, WireJson.Options);
        var crossed = JsonSerializer.Deserialize<McpCall>(json, WireJson.Options)!;

        Assert.Equal(idToken, crossed.Id.Token);
        Assert.Equal(parameters, crossed.Params.ToArray());
    }

    [Fact]
    public void McpCall_StaysANotification_WhenItCrosses()
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(new McpCall { Method = "x" }, WireJson.Options);

        Assert.True(JsonSerializer.Deserialize<McpCall>(json, WireJson.Options)!.Id.IsNone);
    }
}
