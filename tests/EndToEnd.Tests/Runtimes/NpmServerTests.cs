using System.Text.Json.Nodes;
using Smcp.EndToEnd.Clients;
using Smcp.EndToEnd.Serving;

namespace Smcp.EndToEnd.Runtimes;

/// <summary>
/// Servers from npm that nobody here wrote, all of the eras with sessions: deployed by the API, in the real jail, used
/// by the TypeScript client of either era.
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

    private async Task DeployAsync()
    {
        var scratch = new JsonObject { ["/data"] = new JsonObject { ["bytes"] = 1 << 20 } };
        await Task.WhenAll(
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
