using System.Text.Json.Nodes;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using Smcp.EndToEnd.Clients;
using Smcp.EndToEnd.Serving;

namespace Smcp.EndToEnd.Runtimes;

/// <summary>
/// Servers from npm that nobody here wrote, all of the eras with sessions: deployed by the API, in the real jail, used
/// by the TypeScript client of either era and the C# client of each revision.
/// </summary>
[Collection(RuntimesCollection.Name)]
public sealed class NpmServerTests(RuntimesFixture runtimes)
{
    [JailTheory("servers", "clients")]
    [InlineData("legacy", "2025-11-25")]
    [InlineData("2026-07-28", "2026-07-28")]
    public async Task TypeScriptClient_UsesThemAll_WhenItSpeaks(string mode, string revision)
    {
        await DeployAsync();
        var servers = new Uri(runtimes.Url, "/t/default/s/npm-").ToString() + "{server}/mcp";

        var seen = await Sighting.OfAsync("deployed.mjs", servers, mode);

        Assert.Equal(revision, seen.Text("revision"));
        Assert.Contains("trigger-sampling-request", seen.Texts("tools"));
        Assert.Equal("Echo: hello", seen.Text("echo"));
        Assert.Equal([1, 2, 3], seen.Numbers("progress"));
        Assert.Contains("architecture.md", seen.Texts("resources"));
        Assert.Contains("Resource 7", seen.Text("resource"), StringComparison.Ordinal);
        Assert.Contains("args-prompt", seen.Texts("prompts"));
        Assert.Equal("What's weather in Oslo?", seen.Text("prompt"));
        Assert.Equal(["Engineering"], seen.Texts("completion"));
        Assert.Contains("sampled", seen.Text("sampling"), StringComparison.Ordinal);
        Assert.Contains("Bob", seen.Text("elicitation"), StringComparison.Ordinal);
        Assert.Contains("file:///project", seen.Text("roots"), StringComparison.Ordinal);
        Assert.Contains("/data", seen.Text("allowed"), StringComparison.Ordinal);
        Assert.Contains("kept in the jail", seen.Text("read"), StringComparison.Ordinal);
        Assert.True(seen.IsTrue("beyond"), "The server read what is beyond its client's roots.");
        Assert.Contains("likes tea", seen.Text("remembered"), StringComparison.Ordinal);
        Assert.Contains("thoughtNumber", seen.Text("thought"), StringComparison.Ordinal);
    }

    [JailTheory("servers")]
    [InlineData("2024-11-05")]
    [InlineData("2025-03-26")]
    [InlineData("2025-06-18")]
    [InlineData("2025-11-25")]
    [InlineData("2026-07-28")]
    public async Task CSharpClient_UsesEverything_WhenPinnedTo(string revision)
    {
        await using var client = await AskedClient.ConnectAsync(await runtimes.NpmAsync("everything"), revision);

        Assert.Equal(revision, client.NegotiatedProtocolVersion);
        Assert.Contains(await client.ListToolsAsync(), tool => tool.Name == "echo");
        Assert.Equal("Echo: hello", await CallAsync(client, "echo", ("message", "hello")));
        Assert.Contains(await client.ListResourcesAsync(), resource => resource.Name == "architecture.md");
        var read = await client.ReadResourceAsync("demo://resource/dynamic/text/7");
        Assert.Contains(
            "Resource 7", Assert.IsType<TextResourceContents>(Assert.Single(read.Contents)).Text,
            StringComparison.Ordinal);
        Assert.Contains(await client.ListPromptsAsync(), prompt => prompt.Name == "args-prompt");
        var prompt = await client.GetPromptAsync("args-prompt", new Dictionary<string, object?> { ["city"] = "Oslo" });
        Assert.Equal(
            "What's weather in Oslo?", Assert.IsType<TextContentBlock>(prompt.Messages[0].Content).Text);
        var completed = await client.CompleteAsync(
            new PromptReference { Name = "completable-prompt" }, "department", "Eng");
        Assert.Equal(["Engineering"], completed.Completion.Values);
        Assert.Contains("file:///project", await CallAsync(client, "get-roots-list"), StringComparison.Ordinal);
        Assert.Contains(
            "sampled", await CallAsync(client, "trigger-sampling-request", ("prompt", "Say something")),
            StringComparison.Ordinal);
        if (revision is not ("2024-11-05" or "2025-03-26"))
        {
            Assert.Contains("Bob", await CallAsync(client, "trigger-elicitation-request"), StringComparison.Ordinal);
        }
    }

    [JailTheory("servers")]
    [InlineData("2025-06-18")]
    [InlineData("2026-07-28")]
    public async Task CSharpClient_UsesTheOthers_WhenPinnedTo(string revision)
    {
        var places = await DeployAsync();
        await using var files = await AskedClient.ConnectAsync(places[1], revision, "file:///data");
        await using var memory = await AskedClient.ConnectAsync(places[2], revision);
        await using var thinking = await AskedClient.ConnectAsync(places[3], revision);

        // It asks for the roots by itself, and a call carries the question; from the answer on it may reach them.
        var allowed = string.Empty;
        for (var tries = 0; tries < 20 && !allowed.Contains("/data", StringComparison.Ordinal); tries++)
        {
            allowed = await CallAsync(files, "list_allowed_directories");
        }

        await CallAsync(files, "write_file", ("path", "/data/c.txt"), ("content", "kept in the jail"));
        Assert.Contains(
            "kept in the jail", await CallAsync(files, "read_text_file", ("path", "/data/c.txt")),
            StringComparison.Ordinal);
        var entity = new { name = "Ann", entityType = "person", observations = new[] { "likes tea" } };
        await CallAsync(memory, "create_entities", ("entities", new[] { entity }));
        Assert.Contains("likes tea", await CallAsync(memory, "read_graph"), StringComparison.Ordinal);
        Assert.Contains(
            "thoughtNumber",
            await CallAsync(
                thinking, "sequentialthinking", ("thought", "First, look."), ("thoughtNumber", 1),
                ("totalThoughts", 2), ("nextThoughtNeeded", true)),
            StringComparison.Ordinal);
    }

    private static async Task<string> CallAsync(
        McpClient client, string tool, params (string Name, object Value)[] arguments)
    {
        var result = await client.CallToolAsync(
            tool, arguments.ToDictionary(argument => argument.Name, argument => (object?)argument.Value));
        var text = string.Join('\n', result.Content.OfType<TextContentBlock>().Select(block => block.Text));
        Assert.True(result.IsError is not true, text);
        return text;
    }

    private async Task<IReadOnlyList<Uri>> DeployAsync()
    {
        var scratch = new JsonObject { ["/data"] = new JsonObject { ["bytes"] = 1 << 20 } };
        return await Task.WhenAll(
            runtimes.NpmAsync("everything"),
            runtimes.NpmAsync("filesystem", new JsonObject { ["scratch"] = scratch.DeepClone() }, null, "/tmp"),
            runtimes.NpmAsync("memory", new JsonObject
            {
                ["scratch"] = scratch.DeepClone(),
                ["env"] = new JsonObject { ["MEMORY_FILE_PATH"] = "/data/memory.jsonl" },
            }),
            runtimes.NpmAsync("sequential-thinking"));
    }
}
