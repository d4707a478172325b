using System.Text;
using Smcp.Hosting.State;

namespace Smcp.Hosting.Data;

public sealed class StateObjectsTests
{
    [Fact]
    public async Task Store_KeepsItsPromises_OverStates()
    {
        var states = new MemoryStateStore();
        var objects = new TestInstanceHost(states).Objects;
        var create = new ServerObjectTerms
        {
            ContentType = "text/plain",
            Metadata = new Dictionary<string, string> { ["by"] = "ann" },
            Conditions = new ServerObjectConditions { IfNoneMatch = "*" },
        };
        var first = await objects.PutAsync("a/1", Content("one"), create);
        await Assert.ThrowsAsync<ServerDataConflictException>(
            async () => await objects.PutAsync("a/1", Content("two"), create));
        await objects.PutAsync("b", Content("three"));

        // Another process: what it knows is what is stored.
        objects = new TestInstanceHost(states).Objects;
        Assert.Equal("ann", (await objects.HeadAsync("a/1"))!.Metadata["by"]);
        Assert.Equal("ne", await TextAsync(objects, "a/1", new ServerObjectRead { Offset = -2 }));
        var same = new ServerObjectRead { Conditions = new ServerObjectConditions { IfNoneMatch = first.ETag } };
        Assert.Null((await objects.GetAsync("a/1", same))!.Content);
        var page = await objects.ListAsync(new ServerObjectQuery { Delimiter = "/", CountMax = 1 });
        Assert.Equal(("a/", "a/"), (page.Prefixes.Single(), page.Next));

        Assert.True(await objects.DeleteAsync("a/1"));
        Assert.False(await objects.DeleteAsync("a/1"));
        await objects.PutAsync("c", Content("four"));
        Assert.Equal("three", await TextAsync(objects, "b", null));
        Assert.Equal("four", await TextAsync(objects, "c", null));
    }

    private static MemoryStream Content(string text) => new(Encoding.UTF8.GetBytes(text));

    private static async Task<string> TextAsync(IServerObjects objects, string key, ServerObjectRead? read)
    {
        using var reader = new StreamReader((await objects.GetAsync(key, read))!.Content!);
        return await reader.ReadToEndAsync();
    }
}
