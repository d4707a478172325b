using System.Text;
using System.Text.Json.Nodes;
using Smcp.Mcp;
using Smcp.Protocol;
using Smcp.Samples.Everything;

namespace Smcp.Runtimes.CSharp;

/// <summary>What a tool sends while it runs belongs to its call.</summary>
public sealed class ToolOutputTests
{
    [Fact]
    public async Task Progress_GoesToTheCallsOutput_BeforeTheAnswer()
    {
        await using var fixture = await RuntimeFixture.StartAsync<EverythingServer>();
        var output = new RecordingOutput();
        await fixture.InvokeAsync(
            null,
            McpMethods.ToolsCall,
            """{"name":"test_tool_with_progress","_meta":{"progressToken":"p1"}}""",
            output);

        var frames = output.Frames.Select(frame => JsonNode.Parse(frame.Body.Span)!).ToList();
        Assert.All(output.Frames, frame => Assert.Equal(McpMethods.Progress, frame.Method));
        Assert.All(frames, frame => Assert.Equal("p1", (string?)frame["progressToken"]));
        Assert.Equal([0, 50, 100], frames.Select(frame => (int)frame["progress"]!));
    }

    [Fact]
    public async Task Log_ReachesAClientWithSession_UntilItAsksForLess()
    {
        await using var fixture = await RuntimeFixture.StartAsync<EverythingServer>();
        await fixture.OpenAsync("s1");
        var before = new RecordingOutput();
        await fixture.CallToolAsync("s1", "test_tool_with_logging", output: before);
        await fixture.InvokeAsync("s1", McpMethods.SetLogLevel, """{"level":"error"}""");
        var after = new RecordingOutput();
        await fixture.CallToolAsync("s1", "test_tool_with_logging", output: after);

        Assert.Equal(3, before.Frames.Count(frame => frame.Method == McpMethods.Message));
        Assert.Empty(after.Frames);
    }

    [Theory]
    [InlineData("", 0)]
    [InlineData("\"io.modelcontextprotocol/logLevel\":\"error\"", 0)]
    [InlineData("\"io.modelcontextprotocol/logLevel\":\"debug\"", 3)]
    public async Task Log_ReachesAClientWithoutSession_OnlyWhenRequestAsksForIt(string meta, int expected)
    {
        await using var fixture = await RuntimeFixture.StartAsync<EverythingServer>();
        var output = new RecordingOutput();
        await fixture.InvokeAsync(
            null, McpMethods.ToolsCall, $$$"""{"name":"test_tool_with_logging","_meta":{{{{meta}}}}}""", output);

        Assert.Equal(expected, output.Frames.Count);
    }

    [Theory]
    [InlineData("2025-11-25", 1)]
    [InlineData("2025-06-18", 0)]
    public async Task Stream_IsClosedForPolling_OnlyWhereItCanBePolled(string revision, int expected)
    {
        await using var fixture = await RuntimeFixture.StartAsync<EverythingServer>();
        await fixture.OpenAsync("s1", revision: revision);
        var output = new RecordingOutput();
        await fixture.CallToolAsync("s1", "test_reconnection", output: output);

        Assert.Equal(expected, output.Frames.Count(frame => frame.Kind == McpFrameKind.CloseConnection));
    }

    [Fact]
    public async Task Cancellation_ReachesTheTool()
    {
        await using var fixture = await RuntimeFixture.StartAsync<EverythingServer>();
        using var cancellation = new CancellationTokenSource();
        var call = fixture.CallToolAsync(
            null, "test_cancellation", """{"seconds":3600}""", cancellationToken: cancellation.Token);
        await cancellation.CancelAsync();

        var answer = await call.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.NotNull(answer["error"]);
    }

    [Fact]
    public async Task RunningCall_EndsWithAnError_WhenRuntimeIsDisposed()
    {
        var fixture = await RuntimeFixture.StartAsync<EverythingServer>();
        var call = fixture.CallToolAsync(null, "test_cancellation", """{"seconds":3600}""");
        await fixture.DisposeAsync();

        var answer = await call.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(McpErrorCodes.InternalError, (int?)answer["error"]!["code"]);
    }

    [Fact]
    public async Task ListChange_IsSaidToEverybody_WhenToolChangesTheList()
    {
        await using var fixture = await RuntimeFixture.StartAsync<EverythingServer>();
        await fixture.CallToolAsync(null, "test_trigger_tool_change");
        await fixture.CallToolAsync(null, "test_trigger_resource_update");
        var listed = await fixture.InvokeAsync(null, McpMethods.ToolsList);

        Assert.Equal(
            [(null, McpMethods.ToolsListChanged), (null, McpMethods.ResourceUpdated)],
            fixture.Events.Notifications.Select(said => (said.Session, said.Frame.Method!)));
        Assert.Equal(
            """{"uri":"test://watched-resource"}""",
            Encoding.UTF8.GetString(fixture.Events.Notifications.Last().Frame.Body.Span));
        Assert.Equal("test_dynamic_tool", (string?)listed["tools"]!.AsArray()[^1]!["name"]);
    }
}
