using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using Smcp.EndToEnd.Clients;
using Smcp.EndToEnd.Serving;

namespace Smcp.EndToEnd.Runtimes;

/// <summary>
/// Servers of the official TypeScript SDKs, as one writes them for Cloudflare Workers: bundled and deployed unchanged,
/// used by clients of each revision.
/// </summary>
[Collection(RuntimesCollection.Name)]
public sealed class SdkWorkerTests(RuntimesFixture runtimes)
{
    [JailTheory("workers")]
    [InlineData("2024-11-05")]
    [InlineData("2025-03-26")]
    [InlineData("2025-06-18")]
    [InlineData("2025-11-25")]
    [InlineData("2026-07-28")]
    public async Task Client_UsesBoth_WhenPinnedTo(string revision)
    {
        await using (var modern = await ConnectAsync("modern.mjs", revision))
        {
            Assert.Equal(revision, modern.NegotiatedProtocolVersion);
            Assert.Equal("5", await AddAsync(modern));
        }

        await using var legacy = await ConnectAsync("sdk.mjs", revision);
        Assert.Equal(["add", "greeting", "steps"], (await legacy.ListToolsAsync()).Select(tool => tool.Name).Order());
        Assert.Equal("5", await AddAsync(legacy));
        Assert.Equal("hello", TextOf(await legacy.CallToolAsync("greeting")));
        Assert.Equal([1, 2, 3], await AskedClient.SeeProgressAsync(legacy, "steps"));
    }

    private static async Task<string> AddAsync(McpClient client) => TextOf(await client.CallToolAsync(
        "add", new Dictionary<string, object?> { ["a"] = 2, ["b"] = 3 }));

    private static string TextOf(CallToolResult result) =>
        Assert.IsType<TextContentBlock>(Assert.Single(result.Content)).Text;

    private async Task<McpClient> ConnectAsync(string script, string revision) =>
        await AskedClient.ConnectAsync(await runtimes.WorkerAsync("workers", script), revision);
}
