using Smcp.Protocol;
using Smcp.Samples.Echo;

namespace Smcp.Runtimes.CSharp;

public sealed class CSharpRuntimeTests
{
    [Fact]
    public async Task ToolsCall_AnswersWithContent_WhenClientHasSession()
    {
        await using var fixture = await RuntimeFixture.StartAsync<EchoServer>();
        var initialized = await fixture.OpenAsync("s1");
        var result = await fixture.CallToolAsync("s1", "echo", """{"message":"hi"}""");

        Assert.Equal("2025-11-25", (string?)initialized["protocolVersion"]);
        Assert.Equal("echo", (string?)initialized["serverInfo"]!["name"]);
        Assert.Equal("""{"content":[{"type":"text","text":"hi"}]}""", result.ToJsonString());
    }

    [Fact]
    public async Task ToolsCall_TypesItsResult_WhenClientHasNoSession()
    {
        await using var fixture = await RuntimeFixture.StartAsync<EchoServer>();
        var result = await fixture.CallToolAsync(null, "echo", """{"message":"hi"}""");

        Assert.Equal("complete", (string?)result["resultType"]);
        Assert.Equal("echo", (string?)result["_meta"]![McpMetaKeys.ServerInfo]!["name"]);
        Assert.Equal("hi", (string?)result["content"]![0]!["text"]);
    }

    [Fact]
    public async Task ToolsList_ShowsTheTool_InBothEras()
    {
        await using var fixture = await RuntimeFixture.StartAsync<EchoServer>();
        await fixture.OpenAsync("s1");
        var legacy = await fixture.InvokeAsync("s1", McpMethods.ToolsList);
        var modern = await fixture.InvokeAsync(null, McpMethods.ToolsList);

        Assert.Equal("echo", (string?)legacy["tools"]![0]!["name"]);
        Assert.Null(legacy["resultType"]);
        Assert.Null(legacy["ttlMs"]);
        Assert.Equal("echo", (string?)modern["tools"]![0]!["name"]);
        Assert.Equal(0, (int?)modern["ttlMs"]);
        Assert.Equal("private", (string?)modern["cacheScope"]);
    }

    [Fact]
    public async Task ToolsCall_IsAnError_WhenToolIsUnknown()
    {
        await using var fixture = await RuntimeFixture.StartAsync<EchoServer>();
        var result = await fixture.CallToolAsync(null, "nothing");

        Assert.Equal(McpErrorCodes.InvalidParams, (int?)result["error"]!["code"]);
    }

    [Fact]
    public async Task ToolsCall_DoesNotRepeatAnyLength_WhenToolIsUnknown()
    {
        await using var fixture = await RuntimeFixture.StartAsync<EchoServer>();
        var result = await fixture.CallToolAsync(null, new string('n', 100_000));

        Assert.InRange(((string)result["error"]!["message"]!).Length, 1, 200);
    }

    [Fact]
    public async Task ToolsCall_IsAResultWithIsError_WhenArgumentIsMissing()
    {
        await using var fixture = await RuntimeFixture.StartAsync<EchoServer>();
        var result = await fixture.CallToolAsync(null, "echo");

        Assert.True((bool?)result["isError"]);
        Assert.Contains("'message' is missing", (string?)result["content"]![0]!["text"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Discover_ListsEveryRevisionServed()
    {
        await using var fixture = await RuntimeFixture.StartAsync<EchoServer>();
        var result = await fixture.InvokeAsync(null, McpMethods.Discover);

        Assert.Equal(
            McpRevision.Supported.Select(revision => revision.Value),
            result["supportedVersions"]!.AsArray().Select(version => (string)version!));
    }
}
