using Smcp.Mcp;
using Smcp.Sessions;

namespace Smcp.Usage;

public sealed class UsageGrainTests
{
    [Fact]
    public async Task Counts_AreSummed_ByWhatIsAskedFor()
    {
        await using var host = await UsageHost.StartAsync();
        await host.AddAsync("echo", "say", "alice", calls: 2);
        await host.AddAsync("echo", "say", "bob", calls: 3);
        await host.AddAsync("echo", "shout", "bob", calls: 5);
        await host.AddAsync("notes", "add", "alice", calls: 7);

        var all = await host.QueryAsync(new UsageQuery());
        var servers = await host.QueryAsync(new UsageQuery { ByServer = true });
        var tools = await host.QueryAsync(new UsageQuery { ByTool = true, Server = "echo" });
        var principals = await host.QueryAsync(new UsageQuery { ByPrincipal = true });

        var total = Assert.Single(all.Rows).Totals;
        Assert.Equal((17, 4, 40), (total.Calls, total.Errors, total.Microseconds));
        Assert.Equal((12, 20), (total.BytesIn, total.BytesOut));
        Assert.Equal([("echo", 10L), ("notes", 7L)], servers.Rows.Select(row => (row.Server!, row.Totals.Calls)));
        Assert.Equal([("say", 5L), ("shout", 5L)], tools.Rows.Select(row => (row.Tool!, row.Totals.Calls)));
        Assert.Equal([("alice", 9L), ("bob", 8L)], principals.Rows.Select(row => (row.Principal!, row.Totals.Calls)));
    }

    [Fact]
    public async Task Counts_SurviveARestart_AndARepeatedReportCountsOnce()
    {
        await using var host = await UsageHost.StartAsync();
        await host.AddAsync("echo", "say", "alice", calls: 2, number: 1);
        await host.AddAsync("echo", "say", "alice", calls: 2, number: 1);
        await host.AddAsync("echo", "say", "alice", calls: 2, number: 2);
        await host.RestartAsync();

        Assert.Equal(4, Assert.Single((await host.QueryAsync(new UsageQuery())).Rows).Totals.Calls);
    }

    [Fact]
    public async Task TimeRange_AndHours_AndPages()
    {
        await using var host = await UsageHost.StartAsync();
        var begin = host.Clock.GetUtcNow();
        for (var hour = 0; hour < 5; hour++)
        {
            await host.AddAsync("echo", "say", "alice", calls: hour + 1);
            host.Clock.Advance(TimeSpan.FromHours(1));
        }

        var query = new UsageQuery
        {
            From = begin.AddHours(1),
            To = begin.AddHours(4),
            Period = UsagePeriod.Hour,
            RowsMax = 2,
        };
        var first = await host.QueryAsync(query);
        var second = await host.QueryAsync(query with { After = first.Next });

        Assert.Equal([2L, 3L], first.Rows.Select(row => row.Totals.Calls));
        Assert.Equal([4L], second.Rows.Select(row => row.Totals.Calls));
        Assert.Null(second.Next);
        Assert.Equal(begin.AddHours(1), first.Rows[0].Start);
    }

    [Fact]
    public async Task OldHours_BecomeDays_AndThenNothing()
    {
        await using var host = await UsageHost.StartAsync(options =>
        {
            options.HourlyRetention = TimeSpan.FromDays(2);
            options.Retention = TimeSpan.FromDays(10);
        });
        await host.AddAsync("echo", "say", "alice", calls: 2);
        host.Clock.Advance(TimeSpan.FromHours(1));
        await host.AddAsync("echo", "say", "alice", calls: 3);
        Assert.Equal(2, (await host.QueryAsync(new UsageQuery { Period = UsagePeriod.Hour })).Rows.Count);

        host.Clock.Advance(TimeSpan.FromDays(3));
        await Wait.UntilAsync(
            () => RowsOf(host, UsagePeriod.Hour) == 1,
            "the hours to be one day");
        Assert.Equal(5, Assert.Single((await host.QueryAsync(new UsageQuery())).Rows).Totals.Calls);

        host.Clock.Advance(TimeSpan.FromDays(10));
        await Wait.UntilAsync(
            () => RowsOf(host, UsagePeriod.Total) == 0,
            "the end of the retention");
    }

    private static int RowsOf(UsageHost host, UsagePeriod period) =>
        host.QueryAsync(new UsageQuery { Period = period }).GetAwaiter().GetResult().Rows.Count;

    [Fact]
    public async Task RowsBeyondTheLimit_AreOne_AndNoCallIsLost()
    {
        await using var host = await UsageHost.StartAsync(options => options.RowsMax = 10);
        for (var i = 0; i < 50; i++)
        {
            await host.AddAsync("echo", $"tool-{i}", "alice");
        }

        var tools = await host.QueryAsync(new UsageQuery { ByTool = true });

        Assert.Equal(11, tools.Rows.Count);
        Assert.Equal(50, tools.Rows.Sum(row => row.Totals.Calls));
        Assert.Equal(40, tools.Rows.Single(row => row.Tool == "(other)").Totals.Calls);
    }

    [Fact]
    public async Task Query_NeedsThePermission()
    {
        await using var host = await UsageHost.StartAsync();

        var refused = await host.Ledger.QueryAsync(UsageHost.Context("mcp.*:*"), new UsageQuery(), default);
        var other = await host.Ledger.QueryAsync(UsageHost.Context("admin.read:usage"), new UsageQuery(), default);

        Assert.NotNull(refused.Fault);
        Assert.Equal(FaultReason.Forbidden, refused.Fault.Reason);
        Assert.Null(other.Fault);
    }

    [Fact]
    public async Task ClosedHours_AreBilledInOrder_UntilTheyAreTaken()
    {
        await using var host = await UsageHost.StartAsync();
        host.Sink.IsOn = true;
        host.Sink.Failures = 2;
        await host.AddAsync("echo", "say", "alice", calls: 2);
        host.Clock.Advance(TimeSpan.FromHours(1));
        await host.AddAsync("echo", "say", "alice", calls: 3);
        for (var i = 0; i < 30 && host.Sink.Bills.Count == 0; i++)
        {
            host.Clock.Advance(TimeSpan.FromMinutes(6));
            await host.QueryAsync(new UsageQuery());
        }

        await Wait.UntilAsync(() => host.Sink.Bills.Count >= 1, "the first hour's bill");
        var row = Assert.Single(host.Sink.Bills[0].Rows);
        Assert.Equal(2, row.Totals.Calls);
        Assert.Equal(0, host.Sink.Failures);

        await host.RestartAsync();
        await host.AddAsync("echo", "say", "bob");
        host.Clock.Advance(TimeSpan.FromHours(2));
        await Wait.UntilAsync(() => host.Sink.Bills.Sum(bill => bill.Rows.Count) >= 3, "the other hours' bills");
        Assert.Equal(
            host.Sink.Bills.SelectMany(bill => bill.Rows).Count(),
            host.Sink.Bills.SelectMany(bill => bill.Rows).Select(billed => billed.Id).Distinct().Count());
    }
}
