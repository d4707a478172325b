using System.Text;
using Smcp.Mcp;
using Smcp.Protocol;
using Smcp.Servers;
using Smcp.Sessions;

namespace Smcp.Usage;

/// <summary>What an instance counts, and how soon it stands in the ledger.</summary>
public sealed class UsageMeterTests
{
    [Fact]
    public async Task Calls_AreInTheLedger_WithinASecond()
    {
        await using var host = await InstanceHost.StartAsync((call, _) => Task.FromResult(
            call.Call.Method == "tools/call"
                ? McpReply.Result(Encoding.UTF8.GetBytes("""{"content":[],"isError":true}"""))
                : McpReply.Result(Encoding.UTF8.GetBytes("{}"))));
        for (var i = 0; i < 5; i++)
        {
            await host.CallAsync("tools/call", """{"arguments":{"name":"no"},"name":"say"}""");
        }

        await host.CallAsync("tools/list");
        for (var i = 0; i < 22; i++)
        {
            host.Clock.Advance(TimeSpan.FromMilliseconds(50));
        }

        UsagePage page = new();
        await Wait.UntilAsync(
            () =>
            {
                page = host.Grains.Locate<IUsageGrain>("default").QueryAsync(
                    UsageHost.Admin, new UsageQuery { ByServer = true, ByTool = true, ByPrincipal = true }, default)
                    .AsTask().GetAwaiter().GetResult();
                return page.Rows.Count == 2;
            },
            "the report");
        var tool = page.Rows.Single(row => row.Method == "tools/call");
        Assert.Equal(("echo", "say", "alice"), (tool.Server, tool.Tool, tool.Principal));
        Assert.Equal((5, 5), (tool.Totals.Calls, tool.Totals.Errors));
        Assert.Equal(5 * 29, tool.Totals.BytesOut);
        Assert.Equal(0, page.Rows.Single(row => row.Method == "tools/list").Totals.Errors);
    }

    [Fact]
    public async Task StoppingProcess_ReportsWhatItCounted()
    {
        await using var host = await InstanceHost.StartAsync();
        await host.CallAsync("tools/call", """{"name":"say"}""");

        await host.StoppingAsync();

        var page = await host.Grains.Locate<IUsageGrain>("default").QueryAsync(
            UsageHost.Admin, new UsageQuery(), default);
        Assert.Equal(1, Assert.Single(page.Rows).Totals.Calls);
    }

    [Fact]
    public void ToolNames_AreBounded()
    {
        var names = new UsageNames(3);

        Assert.Equal("a", names.ToolOf(Call("""{"name":"a"}""")));
        Assert.Equal("b", names.ToolOf(Call("""{"arguments":{"name":"x"},"name":"b"}""")));
        Assert.Equal("\u00e9", names.ToolOf(Call("""{"name":"\u00e9"}""")));
        Assert.Equal("(other)", names.ToolOf(Call("""{"name":"d"}""")));
        Assert.Equal("(other)", names.ToolOf(Call("{}")));
        Assert.Equal("(other)", names.ToolOf(Call($$"""{"name":"{{new string('x', 200)}}"}""")));
        Assert.Equal("a", names.ToolOf(Call("""{"name":"a"}""")));
    }

    [Theory]
    [InlineData("""{"content":[],"isError":true}""", true)]
    [InlineData("""{"content":[],"isError": true}""", true)]
    [InlineData("""{"content":[],"isError":false}""", false)]
    [InlineData("""{"structuredContent":{"isError":true},"content":[]}""", false)]
    [InlineData("""{"content":[{"type":"text","text":"\"isError\":true"}]}""", false)]
    public void ToolError_IsTheResultsOwn(string result, bool expected) =>
        Assert.Equal(expected, ToolError.In(Encoding.UTF8.GetBytes(result)));

    private static McpCall Call(string parameters) => new()
    {
        Method = "tools/call",
        Id = JsonRpcId.FromNumber(1),
        Params = Encoding.UTF8.GetBytes(parameters),
    };
}
