using System.ComponentModel;
using System.Text;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using Smcp.Hosting.State;
using Smcp.TestSupport;

namespace Smcp.Hosting.Data;

public sealed class StateKeyValuesTests
{
    [Fact]
    public async Task Value_IsKept_WhenTheServerStartsAgain()
    {
        await using var host = await ServerTestHost.StartAsync<KeepingServer>();
        Assert.Equal("1", await CountAsync(host));
        Assert.Equal("2", await CountAsync(host));

        await host.RestartAsync();

        Assert.Equal("3", await CountAsync(host));
    }

    [Fact]
    public async Task Store_KeepsItsPromises_OverAState()
    {
        var clock = new ManualTimeProvider();
        var values = new TestInstanceHost(new MemoryStateStore(), clock).KeyValues;
        var create = new ServerValueTerms { ExpectedVersion = 0 };

        var first = await values.SetAsync(
            "a/1", "x"u8.ToArray(), create with { ExpiresIn = TimeSpan.FromMinutes(1), Metadata = "m" });
        Assert.Equal("m", (await values.GetAsync("a/1"))!.Metadata);
        await Assert.ThrowsAsync<ServerDataConflictException>(
            async () => await values.SetAsync("a/1", "y"u8.ToArray(), create));
        await values.SetAsync("a/2", "y"u8.ToArray());
        await values.SetAsync("b", "z"u8.ToArray());
        var page = await values.ListAsync("a/", countMax: 1);
        Assert.Equal(("a/1", "a/1"), (page.Items.Single().Key, page.Next));
        Assert.Equal("a/2", (await values.ListAsync("a/", page.Next)).Items.Single().Key);

        clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Null(await values.GetAsync("a/1"));
        Assert.True(await values.SetAsync("a/1", "x"u8.ToArray(), create) > first);
        Assert.True(await values.DeleteAsync("a/1"));
        Assert.False(await values.DeleteAsync("a/1"));
        await Assert.ThrowsAnyAsync<ArgumentException>(
            async () => await values.SetAsync("a", new byte[32_769]));
    }

    private static async Task<string> CountAsync(ServerTestHost host)
    {
        var result = await host.Client.CallToolAsync("count");
        return ((TextContentBlock)result.Content[0]).Text;
    }

    [McpServer("keeping")]
    private sealed class KeepingServer(IServerKeyValues values)
    {
        [McpServerTool(Name = "count"), Description("Counts.")]
        public async Task<string> CountAsync(CancellationToken cancellationToken)
        {
            var held = await values.GetAsync("count", cancellationToken);
            var next = held is null ? "1" : $"{int.Parse(Encoding.UTF8.GetString(held.Value.Span)) + 1}";
            await values.SetAsync("count", Encoding.UTF8.GetBytes(next), cancellationToken: cancellationToken);
            return next;
        }
    }
}
