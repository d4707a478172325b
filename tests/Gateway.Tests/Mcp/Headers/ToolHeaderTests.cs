using Smcp.Protocol;

namespace Smcp;

/// <summary>
/// <c>Mcp-Param-*</c> of 2026-07-28: tools.mdx "x-mcp-header" and streamable-http "Server Behavior for Custom
/// Headers".
/// </summary>
public sealed class ToolHeaderTests : IAsyncLifetime
{
    private const string Tools = """
        [{"name":"plain","inputSchema":{"type":"object"}},
         {"name":"sql","inputSchema":{"type":"object","properties":{
           "region":{"type":"string","x-mcp-header":"Region"},
           "limit":{"type":"integer","x-mcp-header":"Limit"},
           "dry":{"type":"boolean","x-mcp-header":"Dry"},
           "ratio":{"type":"number","x-mcp-header":"Ratio"},
           "deep":{"type":"object","properties":{"inner":{"type":"string","x-mcp-header":"Inner"}}},
           "list":{"type":"array","items":{"type":"string","x-mcp-header":"Item"}}}}}]
        """;

    private GatewayHost _host = null!;

    public async Task InitializeAsync()
    {
        _host = await GatewayHost.StartAsync();
        _host.Grains.Shared.Tools = Tools;
    }

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Theory]
    [InlineData("""{"region":"us-west1"}""", "Region", "us-west1", 200)]
    [InlineData("""{"region":"us-west1"}""", "region", "us-west1", 200)]
    [InlineData("""{"region":"us-west1"}""", "Region", "  us-west1 ", 200)]
    [InlineData("""{"region":"us-west1"}""", "Region", "=?base64?dXMtd2VzdDE=?=", 200)]
    [InlineData("""{"region":"Hello"}""", "Region", "=?base64?SGVsbG8?=", 400)]
    [InlineData("""{"region":"Hello"}""", "Region", "=?base64?SGVs!!!bG8=?=", 400)]
    [InlineData("""{"region":"SGVsbG8="}""", "Region", "SGVsbG8=", 200)]
    [InlineData("""{"region":"=?base64?SGVsbG8="}""", "Region", "=?base64?SGVsbG8=", 200)]
    [InlineData("""{"region":"us-west1"}""", "Region", "US-WEST1", 400)]
    [InlineData("""{"region":"us-west1"}""", "Region", null, 400)]
    [InlineData("""{"region":null}""", "Region", null, 200)]
    [InlineData("""{"region":null}""", "Region", "x", 400)]
    [InlineData("""{}""", "Region", null, 200)]
    [InlineData("""{}""", "Region", "x", 400)]
    [InlineData("""{"limit":42}""", "Limit", "42", 200)]
    [InlineData("""{"limit":42}""", "Limit", "42.0", 200)]
    [InlineData("""{"limit":42.0}""", "Limit", "42", 200)]
    [InlineData("""{"limit":-7}""", "Limit", "-7", 200)]
    [InlineData("""{"limit":42}""", "Limit", "43", 400)]
    [InlineData("""{"limit":9007199254740993}""", "Limit", "9007199254740993", 400)]
    [InlineData("""{"dry":true}""", "Dry", "true", 200)]
    [InlineData("""{"dry":true}""", "Dry", "True", 400)]
    [InlineData("""{"dry":false}""", "Dry", null, 400)]
    [InlineData("""{"deep":{"inner":"x"}}""", "Inner", "x", 200)]
    [InlineData("""{"deep":{"inner":"x"}}""", "Inner", null, 400)]
    [InlineData("""{"ratio":0.5}""", "Ratio", "other", 200)]
    [InlineData("""{"list":["a"]}""", "Item", "other", 200)]
    public async Task ParamHeader_Is400_WhenItDoesNotMirrorItsArgument(
        string arguments, string header, string? value, int expected)
    {
        var (status, body) = await _host.SendAsync(McpWire.Stateless(
            "tools/call", $$$"""{"name":"sql","arguments":{{{arguments}}}}""",
            (McpHeaders.ParamPrefix + header, value)));

        Assert.Equal(expected, status);
        Assert.Equal(expected == 200 ? null : McpErrorCodes.HeaderMismatch, (int?)body!["error"]?["code"]);
    }

    [Fact]
    public async Task ParamHeader_IsIgnored_WhenTheToolAsksForNone()
    {
        var (status, _) = await _host.SendAsync(McpWire.Stateless(
            "tools/call", """{"name":"plain","arguments":{"region":"x"}}""", (McpHeaders.ParamPrefix + "Region", "y")));

        Assert.Equal(200, status);
    }

    [Fact]
    public async Task ParamHeader_IsExpected_WhenThereAreNoArgumentsAtAll()
    {
        Assert.Equal(200, (await _host.SendAsync(McpWire.Stateless("tools/call", """{"name":"sql"}"""))).Status);
        Assert.Equal(400, (await _host.SendAsync(McpWire.Stateless(
            "tools/call", """{"name":"sql"}""", (McpHeaders.ParamPrefix + "Region", "x")))).Status);
    }
}
