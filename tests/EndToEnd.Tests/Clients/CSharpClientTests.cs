using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using Smcp.EndToEnd.Serving;

namespace Smcp.EndToEnd.Clients;

/// <summary>The official C# client, pinned to each revision, over HTTP and through the mcp-remote bridge.</summary>
[Collection(ServedCollection.Name)]
public sealed class CSharpClientTests(ServedFixture served)
{
    [Theory]
    [InlineData("2024-11-05")]
    [InlineData("2025-03-26")]
    [InlineData("2025-06-18")]
    [InlineData("2025-11-25")]
    [InlineData("2026-07-28")]
    public async Task Client_UsesEverything_WhenPinnedTo(string revision)
    {
        var transport = new HttpClientTransport(new HttpClientTransportOptions
        {
            Endpoint = served.Everything,
            TransportMode = HttpTransportMode.StreamableHttp,
        });
        await using var client = await McpClient.CreateAsync(transport, OptionsFor(revision));

        Assert.Equal(revision, client.NegotiatedProtocolVersion);
        await UseEverythingAsync(
            client, isModern: revision == "2026-07-28", asks: revision is not ("2024-11-05" or "2025-03-26"));
    }

    [NodeFact("clients")]
    public async Task Bridge_PassesEverythingOn()
    {
        using var home = new DataFolder();
        var transport = new StdioClientTransport(new StdioClientTransportOptions
        {
            Command = Workspace.Node,
            Arguments =
            [
                Workspace.Package("clients", "mcp-remote/dist/proxy.js"),
                served.Everything.ToString(), "--allow-http", "--transport", "http-only",
            ],
            EnvironmentVariables = new Dictionary<string, string?> { ["MCP_REMOTE_CONFIG_DIR"] = home.Path },
        });
        await using var client = await McpClient.CreateAsync(transport, OptionsFor("2025-11-25"));

        await UseEverythingAsync(client, isModern: false, asks: true);
    }

    private static async Task UseEverythingAsync(McpClient client, bool isModern, bool asks)
    {
        var tools = await client.ListToolsAsync();
        Assert.Contains(tools, t => t.Name == "test_simple_text");
        var text = TextOf(await client.CallToolAsync("test_simple_text"));
        Assert.Equal("This is a simple text response for testing.", text);
        Assert.True((await client.CallToolAsync("test_error_handling")).IsError);
        await SeeProgressAsync(client);

        Assert.Contains(await client.ListResourcesAsync(), r => r.Uri == "test://static-text");
        Assert.Contains(await client.ListResourceTemplatesAsync(), t => t.UriTemplate == "test://template/{id}/data");
        var read = await client.ReadResourceAsync("test://template/7/data");
        var data = Assert.IsType<TextResourceContents>(Assert.Single(read.Contents));
        Assert.Contains("7", data.Text, StringComparison.Ordinal);

        Assert.Contains(await client.ListPromptsAsync(), p => p.Name == "test_simple_prompt");
        var prompt = await client.GetPromptAsync(
            "test_prompt_with_arguments", new Dictionary<string, object?> { ["arg1"] = "hello", ["arg2"] = "world" });
        Assert.Equal(
            "Prompt with arguments: arg1='hello', arg2='world'",
            Assert.IsType<TextContentBlock>(prompt.Messages[0].Content).Text);

        await client.CompleteAsync(new PromptReference { Name = "test_prompt_with_arguments" }, "arg1", "test");
        if (asks)
        {
            await BeAskedAsync(client, isModern);
        }
    }

    /// <summary>
    /// By a handler of our own: the client's unregisters with the answer, beside which it dispatches.
    /// </summary>
    private static async Task SeeProgressAsync(McpClient client)
    {
        var seen = Channel.CreateUnbounded<float>();
        await using var registration = client.RegisterNotificationHandler(
            NotificationMethods.ProgressNotification,
            (notification, _) => seen.Writer.WriteAsync(notification.Params!["progress"]!.GetValue<float>(), default));
        await client.CallToolAsync(new CallToolRequestParams
        {
            Name = "test_tool_with_progress",
            Meta = new JsonObject { ["progressToken"] = "p" },
        });

        using var late = new CancellationTokenSource(TimeSpan.FromSeconds(30), TimeProvider.System);
        var values = await seen.Reader.ReadAllAsync(late.Token).Take(3).ToListAsync(late.Token);
        Assert.Equal([0, 50, 100], values.Order());
    }

    private static async Task BeAskedAsync(McpClient client, bool isModern)
    {
        var asked = isModern
            ? await client.CallToolAsync("test_input_required_result_elicitation")
            : await client.CallToolAsync(
                "test_elicitation", new Dictionary<string, object?> { ["message"] = "Who are you?" });
        Assert.Contains("Bob", TextOf(asked), StringComparison.Ordinal);

        var sampled = isModern
            ? await client.CallToolAsync("test_input_required_result_sampling")
            : await client.CallToolAsync(
                "test_sampling", new Dictionary<string, object?> { ["prompt"] = "Say something" });
        Assert.Contains("sampled", TextOf(sampled), StringComparison.Ordinal);
    }

    private static McpClientOptions OptionsFor(string revision) => new()
    {
        ProtocolVersion = revision,
        Handlers = new McpClientHandlers
        {
            ElicitationHandler = (asked, _) => ValueTask.FromResult(new ElicitResult
            {
                Action = "accept",
                Content = asked!.RequestedSchema!.Properties.Keys
                    .ToDictionary(k => k, _ => JsonSerializer.SerializeToElement("Bob")),
            }),
            SamplingHandler = (_, _, _) => ValueTask.FromResult(new CreateMessageResult
            {
                Model = "a-model",
                Content = [new TextContentBlock { Text = "sampled" }],
            }),
        },
    };

    private static string TextOf(CallToolResult result) =>
        string.Join('\n', result.Content.OfType<TextContentBlock>().Select(t => t.Text));
}
