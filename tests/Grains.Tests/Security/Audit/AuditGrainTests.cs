using Smcp.Identity;
using Smcp.Mcp;
using Smcp.Sessions;
using Smcp.Tenants;

namespace Smcp.Security.Audit;

public sealed class AuditGrainTests
{
    [Fact]
    public async Task Search_FindsByEachMember()
    {
        await using var host = await AuditHost.StartAsync();
        var wanted = AuditHost.Event(AuditActions.KeyRevoked, "key/1", AuditOutcome.Denied) with
        {
            Principal = "bob",
            CorrelationId = "c-1",
        };
        await host.RecordAsync(3);
        host.Clock.Advance(TimeSpan.FromHours(2));
        var since = host.Clock.GetUtcNow();
        await host.Trail.RecordNowAsync(wanted, default);

        foreach (var query in new AuditQuery[]
        {
            new() { From = since },
            new() { Principal = "bob" },
            new() { ActionPrefix = "key." },
            new() { Outcome = AuditOutcome.Denied },
            new() { Target = "key/1" },
            new() { CorrelationId = "c-1" },
        })
        {
            Assert.Equal("bob", Assert.Single(await host.EventsAsync(query)).Principal);
        }

        Assert.Equal(3, (await host.EventsAsync(new AuditQuery { To = since })).Count);
        Assert.Empty(await host.EventsAsync(new AuditQuery { Principal = "bo" }));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Search_GivesEachRecordOnce_PageByPage(bool isOldestFirst)
    {
        await using var host = await AuditHost.StartAsync(audit => audit.SearchItemsMax = 7);
        await host.RecordAsync(300);
        List<long> seen = [];
        var pages = 0;
        for (long? cursor = null; pages == 0 || cursor is not null; pages++)
        {
            var page = await host.Grain.SearchAsync(
                AuditHost.Auditor(),
                new AuditQuery { IsOldestFirst = isOldestFirst, Limit = 100, Cursor = cursor },
                default);
            seen.AddRange(page.Records.Select(record => record.Sequence));
            cursor = page.Next;
        }

        var all = Enumerable.Range(1, 300).Select(i => (long)i);
        Assert.Equal(isOldestFirst ? all : all.Reverse(), seen);
    }

    [Fact]
    public async Task Reading_IsForThoseWhoMay()
    {
        await using var host = await AuditHost.StartAsync();
        await host.RecordAsync(1);

        Assert.Null(await FaultAsync(host, AuditHost.Auditor()));
        Assert.Null(await FaultAsync(host, AuditHost.Auditor("platform", "platform.read:*")));
        Assert.Equal(FaultReason.NotFound, await FaultAsync(host, AuditHost.Auditor("other", "admin.read:*")));
        Assert.Equal(FaultReason.NotFound, await FaultAsync(host, AuditHost.Auditor("other", "platform.read:*")));
        Assert.Equal(FaultReason.Forbidden, await FaultAsync(host, AuditHost.Auditor("platform", "admin.read:*")));
        Assert.Equal(FaultReason.Forbidden, await FaultAsync(host, AuditHost.Auditor("acme", "admin.read:usage")));
    }

    [Fact]
    public async Task Append_IsRefused_ForAnotherTenantsEvent()
    {
        await using var host = await AuditHost.StartAsync();

        var fault = await host.GrainOf(TenantId.Parse("other"))
            .AppendAsync(new AuditBatch { Events = [AuditHost.Event()] }, default);

        Assert.Equal(FaultReason.InvalidRequest, fault!.Reason);
    }

    [Fact]
    public async Task Record_IsDropped_WhenItsRetentionIsOver()
    {
        await using var host = await AuditHost.StartAsync(Short);
        await host.RecordAsync(5);
        await host.SweepsAsync(3);
        await host.RecordAsync(2, from: 6);
        Assert.Equal(7, host.Stored());

        await host.SweepsAsync(4);

        Assert.Equal(["server/6", "server/7"], (await host.EventsAsync()).Select(e => e.Target));
        Assert.Empty(await host.BreaksAsync());
        await host.CrashAsync();
        await host.RecordAsync(1, from: 8);
        Assert.Empty(await host.BreaksAsync());
    }

    [Fact]
    public async Task Verify_FindsThatTheBeginningWasCutOff_AfterATrim()
    {
        await using var host = await AuditHost.StartAsync(Short);
        await host.RecordAsync(5);
        await host.SweepsAsync(3);
        await host.RecordAsync(3, from: 6);
        await host.SweepsAsync(4);

        await host.Logs.TrimAsync("audit/acme", 6, default);

        Assert.Equal(6, (await host.BreaksAsync())[0].Sequence);
    }

    [Fact]
    public async Task Record_IsHeld_WhenTheClockJumpsForwardAndBack()
    {
        await using var host = await AuditHost.StartAsync(Short);
        await host.RecordAsync(5);

        host.Time.Skew = TimeSpan.FromDays(3650);
        await host.SweepsAsync(2);
        Assert.Equal(5, host.Stored());
        host.Time.Skew = TimeSpan.Zero;
        await host.RecordAsync(1, from: 6);

        Assert.Equal(6, (await host.EventsAsync()).Count);
        Assert.Empty(await host.BreaksAsync());
    }

    [Fact]
    public async Task Record_KeepsItsRetention_WhenItWasWrittenWhileTheClockWasBack()
    {
        await using var host = await AuditHost.StartAsync(Short);
        host.Time.Skew = TimeSpan.FromDays(-40);
        await host.RecordAsync(1);
        host.Time.Skew = TimeSpan.Zero;

        await host.SweepsAsync(3);
        Assert.Equal(1, host.Stored());
        await Wait.UntilAsync(
            () => host.Stored() == 0,
            "the end of its retention",
            () => host.Clock.Advance(TimeSpan.FromMinutes(10)));
    }

    [Fact]
    public async Task Record_IsHeldForTheLeastTerm_WhenItsTenantHasAShorterOneOfBefore()
    {
        var least = TimeSpan.FromHours(1);
        await using var host = await AuditHost.StartAsync(audit =>
        {
            Short(audit);
            audit.TenantRetentionMin = least;
        });
        var own = new TenantConfiguration { AuditRetention = TimeSpan.FromHours(1) };
        var platform = AuditHost.Auditor("platform", "platform.*:*");
        Assert.Null((await host.Tenant.ProvisionAsync(platform, own, default)).Fault);
        least = TimeSpan.FromHours(6);
        await host.CrashAsync();
        await host.RecordAsync(1);

        await host.SweepsAsync(5);

        Assert.Equal(1, host.Stored());
        var renamed = await host.Tenant.ConfigureAsync(platform, own with { DisplayName = "A" }, null, default);
        Assert.Null(renamed.Fault);
        await host.SweepsAsync(2);
        Assert.Equal(0, host.Stored());
    }

    private static void Short(AuditOptions audit)
    {
        audit.SweepPeriod = TimeSpan.FromHours(1);
        audit.Retention = TimeSpan.FromHours(4);
    }

    private static async Task<FaultReason?> FaultAsync(AuditHost host, CallContext context)
    {
        var searched = (await host.Grain.SearchAsync(context, new AuditQuery(), default)).Fault?.Reason;
        var verified = (await host.Grain.VerifyAsync(context, 0, default)).Fault?.Reason;
        Assert.Equal(searched, verified);
        await foreach (var page in host.Grain.ExportAsync(context, new AuditQuery(), default))
        {
            Assert.Equal(searched, page.Fault?.Reason);
        }

        return searched;
    }
}
