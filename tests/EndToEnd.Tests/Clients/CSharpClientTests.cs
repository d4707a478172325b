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
        await using var client = await AskedClient.ConnectAsync(served.Everything, revision);

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
        await using var client = await McpClient.CreateAsync(transport, AskedClient.OptionsFor("2025-11-25"));

        await UseEverythingAsync(client, isModern: false, asks: true);
    }

    private static async Task UseEverythingAsync(McpClient client, bool isModern, bool asks)
    {
        var tools = await client.ListToolsAsync();
        Assert.Contains(tools, t => t.Name == "test_simple_text");
        var text = TextOf(await client.CallToolAsync("test_simple_text"));
        Assert.Equal("This is a simple text response for testing.", text);
        Assert.True((await client.CallToolAsync("test_error_handling")).IsError);
        Assert.Equal([0, 50, 100], await AskedClient.SeeProgressAsync(client, "test_tool_with_progress"));

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

    private static string TextOf(CallToolResult result) =>
        string.Join('\n', result.Content.OfType<TextContentBlock>().Select(t => t.Text));
}
