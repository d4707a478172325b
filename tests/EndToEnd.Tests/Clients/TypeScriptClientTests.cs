using Smcp.EndToEnd.Serving;

namespace Smcp.EndToEnd.Clients;

/// <summary>
/// The TypeScript clients: the current one in each of its modes, and the SDK of the eras with sessions.
/// </summary>
[Collection(ServedCollection.Name)]
public sealed class TypeScriptClientTests(ServedFixture served)
{
    [NodeTheory("clients")]
    [InlineData("legacy", "2025-11-25")]
    [InlineData("auto", "2026-07-28")]
    [InlineData("2026-07-28", "2026-07-28")]
    public async Task Client_UsesEverything_WhenItSpeaks(string mode, string revision)
    {
        var seen = await Sighting.OfAsync("client.mjs", served.Everything.ToString(), mode);

        Assert.Equal(revision, seen.Text("revision"));
        seen.HasEverything();
        Assert.True(seen.IsTrue("closed"));
    }

    [NodeFact("clients")]
    public async Task Sdk_UsesEverythingOfASession()
    {
        var seen = await Sighting.OfAsync("sdk.mjs", served.Everything.ToString());

        Assert.Equal("2025-11-25", seen.Text("revision"));
        seen.HasEverything();
        Assert.NotEmpty(seen.Text("session"));
        Assert.Contains("Tool execution completed", seen.Texts("logging"));
        Assert.NotEmpty(seen.Text("resumed"));
        Assert.True(seen.IsTrue("subscribed"));
        Assert.True(seen.IsTrue("ended"));
    }
}
