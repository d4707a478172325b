using System.Diagnostics;
using Smcp.Security.Audit;
using Smcp.TestSupport;
using Smcp.Usage;
using Xunit.Abstractions;

namespace Smcp.Tenancy;

/// <summary>
/// Threat: cache and pool cross-talk. 5,000 interleaved requests of two tenants (100,000 with <c>SMCP_FULL=1</c>), and
/// no marker of one where the other reads: answers, headers, streams, audit, usage, logs. <c>SMCP_SEED</c> repeats a
/// run; <c>RESULTS.md</c> has the long ones.
/// </summary>
public sealed class InterleavedTenantsTests(ITestOutputHelper output)
{
    private static readonly int Requests = Environment.GetEnvironmentVariable("SMCP_FULL") == "1" ? 100_000 : 5_000;

    [Fact]
    public async Task Marker_IsSeenByItsTenantAlone()
    {
        var seed = HostileIds.SeedOfRun();
        var log = new CollectedLog();
        await using var world = await TwoTenants.StartAsync(services => log.AddTo(services));
        var run = new Interleaving(world, seed);
        var clock = Stopwatch.StartNew();
        await run.RunAsync(Requests);
        var own = await SearchRecordsAsync(world, run);

        output.WriteLine(
            $"seed {seed}: {Requests} requests in {clock.Elapsed.TotalSeconds:F0} s, "
            + $"{run.Foreign.Count} foreign markers; {Listed(run.Kinds)}; updates {Listed(run.Updates)}; "
            + $"records with own markers: {own}");
        Assert.Empty(run.Foreign.Take(10));
        Assert.Equal(Requests, run.Kinds.Values.Sum());
        Assert.All(run.Updates, update => Assert.True(update.Value > 0, $"{update.Key} was told of nothing."));
        Assert.True(own > 0, "Nothing was recorded of anybody, so nothing foreign could be.");
        // What a caller said to a tool is nobody's to read in the log; its correlation id is what it chose for that.
        Assert.DoesNotContain(log.Lines, line => line.Contains("\"marker\"", StringComparison.Ordinal));
    }

    private static string Listed(IReadOnlyDictionary<string, int> counts) => string.Join(
        ", ", counts.OrderBy(count => count.Key, StringComparer.Ordinal).Select(count => $"{count.Key} {count.Value}"));

    /// <summary>What each tenant's administrators can read of it; how many records held a marker of its own.</summary>
    private static async Task<int> SearchRecordsAsync(TwoTenants world, Interleaving run)
    {
        var own = 0;
        foreach (var tenant in (string[])[TwoTenants.One, TwoTenants.Other])
        {
            world.Host.Clock.Advance(TimeSpan.FromMinutes(10));
            var texts = new List<string>();
            await foreach (var page in world.Host.Grains.Locate<IAuditGrain>(tenant).ExportAsync(
                TwoTenants.AdminOf(tenant), new AuditQuery(), default))
            {
                texts.AddRange(page.Records.Select(record => System.Text.Encoding.UTF8.GetString(record.Body.Span)));
            }

            var usage = await world.Host.Grains.Locate<IUsageGrain>(tenant).QueryAsync(
                TwoTenants.AdminOf(tenant),
                new UsageQuery { ByTool = true, ByPrincipal = true, RowsMax = 1_000 },
                default);
            Assert.Null(usage.Fault);
            texts.AddRange(usage.Rows.Select(row => row.ToString()));
            foreach (var text in texts)
            {
                run.Search("a record", tenant, text);
                own += text.Contains($"mark-{tenant}-", StringComparison.Ordinal) ? 1 : 0;
            }
        }

        return own;
    }
}
