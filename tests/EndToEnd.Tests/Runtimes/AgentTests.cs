using Smcp.EndToEnd.Clients;
using Smcp.EndToEnd.Serving;

namespace Smcp.EndToEnd.Runtimes;

/// <summary>
/// An <c>McpAgent</c> of Cloudflare's package <c>agents</c>, deployed as its project for Workers and used by the
/// official TypeScript client of either era. Each of its sessions is a Durable Object.
/// </summary>
[Collection(RuntimesCollection.Name)]
public sealed class AgentTests(RuntimesFixture runtimes)
{
    private const string Project =
        """
        {
          "name": "counter", "main": "src/index.ts",
          "compatibility_date": "2026-08-01", "compatibility_flags": ["nodejs_compat"],
          "durable_objects": { "bindings": [{ "name": "COUNTER", "class_name": "Counter" }] },
          "migrations": [{ "tag": "v1", "new_sqlite_classes": ["Counter"] }],
          "limits": { "cpu_ms": 3000 }
        }
        """;

    [JailTheory("workers", "clients")]
    [InlineData("legacy", "2025-11-25")]
    [InlineData("2026-07-28", "2026-07-28")]
    public async Task Client_UsesIt_AndItsStateOutlivesItsProcess(string mode, string revision)
    {
        var url = await runtimes.WranglerAsync("workers", "agent.mjs", Project);

        var seen = await Sighting.OfAsync("agent.mjs", url.ToString(), mode);

        Assert.Equal(revision, seen.Text("revision"));
        Assert.Equal(["add", "loop"], seen.Texts("tools"));
        Assert.Equal(["2", "4"], seen.Texts("counted"));
        Assert.True(seen.IsTrue("killed"), "The process outlived its endless loop.");
        Assert.Equal("6", seen.Text("after"));
    }
}
