using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using Smcp.Samples.Counter;
using Smcp.Samples.Everything;

namespace Smcp.Hosting;

public sealed class ServerTestHostTests
{
    [Theory]
    [InlineData("2025-03-26")]
    [InlineData("2025-06-18")]
    [InlineData("2025-11-25")]
    [InlineData("2026-07-28")]
    public async Task Host_ServesAClientOfEachRevision(string revision)
    {
        await using var host = await ServerTestHost.StartAsync<EverythingServer>(Pinned(revision));
        var tools = await host.Client.ListToolsAsync();
        var result = await host.Client.CallToolAsync("test_simple_text");

        Assert.Equal("test_simple_text", tools[0].Name);
        Assert.Equal("This is a simple text response for testing.", TextOf(result));
    }

    [Fact]
    public async Task Host_KeepsDurableStateOnly_WhenRestarted()
    {
        await using var host = await ServerTestHost.StartAsync<CounterServer>();
        await host.Client.CallToolAsync("increment");
        await host.RestartAsync();

        Assert.Equal("2", TextOf(await host.Client.CallToolAsync("increment")));
    }

    [Fact]
    public async Task Host_AnswersTheServersQuestions_WithTheClientsHandler()
    {
        var options = Pinned("2026-07-28");
        options.Client!.Handlers = new McpClientHandlers
        {
            ElicitationHandler = (_, _) => ValueTask.FromResult(new ElicitResult { Action = "decline" }),
        };
        await using var host = await ServerTestHost.StartAsync<EverythingServer>(options);
        var result = await host.Client.CallToolAsync(
            "test_elicitation", new Dictionary<string, object?> { ["message"] = "?" });

        Assert.StartsWith("User response: action=decline", TextOf(result), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Host_TellsASubscriber_WhenAResourceIsUpdated()
    {
        var updated = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var host = await ServerTestHost.StartAsync<EverythingServer>(Pinned("2025-11-25"));
        await using var subscription = await host.Client.SubscribeToResourceAsync(
            "test://watched-resource",
            (notification, _) =>
            {
                updated.TrySetResult(notification.Uri);
                return ValueTask.CompletedTask;
            });
        await host.Client.CallToolAsync("test_trigger_resource_update");

        Assert.Equal("test://watched-resource", await updated.Task.WaitAsync(TimeSpan.FromSeconds(30)));
    }

    private static ServerTestSetup Pinned(string revision) =>
        new() { Client = new McpClientOptions { ProtocolVersion = revision } };

    private static string TextOf(CallToolResult result) => Assert.IsType<TextContentBlock>(result.Content[0]).Text;
}
