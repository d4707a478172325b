using Smcp.Sessions;
using Smcp.Storage;

namespace Smcp.Security.Audit;

public sealed class AuditTrailTests
{
    private static readonly TimeSpan Flush = TimeSpan.FromMilliseconds(50);

    [Fact]
    public async Task RecordNow_IsDurable_BeforeItReturns()
    {
        await using var host = await AuditHost.StartAsync();

        Assert.True(await host.Trail.RecordNowAsync(AuditHost.Event(AuditActions.TenantCreated), default));

        Assert.Equal(1, host.Stored());
        await host.CrashAsync();
        Assert.Equal(AuditActions.TenantCreated, Assert.Single(await host.EventsAsync()).Action);
    }

    [Fact]
    public async Task RecordNow_IsRefused_WhenTheStoreFails()
    {
        await using var host = await AuditHost.StartAsync();
        host.Logs.BeforeAppend = _ => throw new StorageUnavailableException("full");

        Assert.False(await host.Trail.RecordNowAsync(AuditHost.Event(), default));

        host.Logs.BeforeAppend = null;
        Assert.True(await host.Trail.RecordNowAsync(AuditHost.Event(), default));
        Assert.Empty(await host.BreaksAsync());
    }

    [Fact]
    public async Task RecordNow_IsRefused_WhenTheStoreHangs()
    {
        await using var host = await AuditHost.StartAsync();
        var reached = new TaskCompletionSource();
        var held = new TaskCompletionSource();
        host.Logs.BeforeAppend = _ =>
        {
            reached.TrySetResult();
            return new ValueTask(held.Task);
        };

        var recorded = host.Trail.RecordNowAsync(AuditHost.Event(), default).AsTask();
        await reached.Task;
        host.Clock.Advance(TimeSpan.FromSeconds(11));

        Assert.False(await recorded);
        held.SetResult();
    }

    [Fact]
    public async Task Kill_LosesNoMoreThanAHundredMilliseconds()
    {
        await using var host = await AuditHost.StartAsync();
        var began = host.Clock.GetUtcNow();
        for (var i = 0; i < 40; i++)
        {
            host.Trail.Record(AuditHost.Event(target: $"server/{i}"));
            host.Clock.Advance(TimeSpan.FromMilliseconds(10));
            var due = i - 9;
            await Wait.UntilAsync(() => host.Stored() > due, $"event {due}, which is 100 ms old");
        }

        var lived = host.Clock.GetUtcNow() - began;
        await host.CrashAsync();

        var events = await host.EventsAsync();
        Assert.True(events.Count >= (lived / TimeSpan.FromMilliseconds(10)) - 10, $"{events.Count} are left");
        Assert.Equal(Enumerable.Range(0, events.Count).Select(i => $"server/{i}"), events.Select(e => e.Target));
        Assert.Empty(await host.BreaksAsync());
    }

    [Fact]
    public async Task Record_IsHeldAndSentOnce_WhileTheStoreFails()
    {
        await using var host = await AuditHost.StartAsync();
        var failures = 0;
        host.Logs.BeforeAppend = _ => ++failures <= 3
            ? throw new StorageUnavailableException("full")
            : ValueTask.CompletedTask;

        host.Trail.Record(AuditHost.Event());
        await Wait.UntilAsync(() => host.Stored() > 0, "the event", () => host.Clock.Advance(TimeSpan.FromSeconds(5)));

        Assert.Single(await host.EventsAsync());
    }

    [Fact]
    public async Task Record_StandsOnce_WhenItsAcknowledgementWasLost()
    {
        await using var host = await AuditHost.StartAsync();
        host.States.BeforeWrite = address =>
        {
            if (address.Name != "head")
            {
                return ValueTask.CompletedTask;
            }

            host.States.BeforeWrite = null;
            throw new StorageUnavailableException("after the records, before the head");
        };

        host.Trail.Record(AuditHost.Event());
        await Wait.UntilAsync(
            () => host.States.BeforeWrite is null && ((AuditTrail)host.Trail).Held == 0,
            "the second try",
            () => host.Clock.Advance(TimeSpan.FromSeconds(5)));

        Assert.Single(await host.EventsAsync());
        Assert.Empty(await host.BreaksAsync());
    }

    [Fact]
    public async Task Record_IsBoundedAndCountsWhatItDrops_WhileTheStoreFails()
    {
        await using var host = await AuditHost.StartAsync(configureTrail: trail => trail.EventsPerTenantMax = 10);
        host.Logs.BeforeAppend = _ => throw new StorageUnavailableException("full");
        for (var i = 0; i < 100; i++)
        {
            host.Trail.Record(AuditHost.Event(target: $"server/{i}"));
        }

        Assert.True(((AuditTrail)host.Trail).Held <= 10);
        host.Logs.BeforeAppend = null;
        await Wait.UntilAsync(
            () => host.Stored(AuditActions.AuditDropped) > 0,
            "the count of what was dropped",
            () => host.Clock.Advance(TimeSpan.FromSeconds(5)));

        var events = await host.EventsAsync();
        Assert.Equal(10, events.Count(e => e.Action == AuditActions.ServerDeployed));
        Assert.Equal(90, events.Single(e => e.Action == AuditActions.AuditDropped).Count);
    }

    [Fact]
    public async Task Flood_IsCounted_AfterTheFirstFailures()
    {
        await using var host = await AuditHost.StartAsync();
        var failure = AuditHost.Event(AuditActions.AuthFailure, outcome: AuditOutcome.Failure) with
        {
            Principal = null,
            Address = "192.0.2.1",
            Reason = "unknown",
        };
        for (var i = 0; i < 1_000; i++)
        {
            host.Trail.Record(failure);
        }

        host.Trail.Record(failure with { Address = "192.0.2.2" });
        host.Clock.Advance(Flush);
        await host.RestsAsync(11, "ten of the flood, and the other address");
        host.Clock.Advance(TimeSpan.FromMinutes(1));
        host.Clock.Advance(Flush);

        await host.RestsAsync(12, "the count");
        Assert.Equal(990, (await host.EventsAsync()).Single(e => e.Count > 1).Count);
    }

    [Fact]
    public async Task Flood_IsBounded_FromManyAddresses()
    {
        await using var host = await AuditHost.StartAsync(configureTrail: trail => trail.WindowsMax = 50);
        for (var i = 0; i < 1_000; i++)
        {
            host.Trail.Record(AuditHost.Event(AuditActions.AuthFailure, outcome: AuditOutcome.Failure) with
            {
                Principal = null,
                Address = $"2001:db8::{i:x}",
                Reason = "unknown",
            });
        }

        host.Clock.Advance(Flush);
        await host.RestsAsync(49, "those of one address each");
        host.Clock.Advance(TimeSpan.FromMinutes(1));
        host.Clock.Advance(Flush);
        await host.RestsAsync(50, "49 of one address each, and the count of the rest");

        var rest = (await host.EventsAsync()).Single(e => e.Count > 0);
        Assert.Null(rest.Address);
        Assert.Equal(951, rest.Count);
    }

    [Fact]
    public async Task Flood_OfOnePrincipal_HidesNoOther()
    {
        await using var host = await AuditHost.StartAsync(configureTrail: trail => trail.FailuresPerTenantMax = 15);
        var denial = AuditHost.Event(AuditActions.AccessDenied, outcome: AuditOutcome.Denied) with { Reason = "no" };
        for (var i = 0; i < 1_000; i++)
        {
            host.Trail.Record(denial with { Principal = "key:noisy", Address = $"2001:db8::{i:x}" });
            host.Trail.Record(denial with { Principal = null, Address = $"2001:db8:1::{i:x}" });
        }

        host.Trail.Record(denial with { Principal = "key:quiet", Address = "2001:db8::1" });
        host.Clock.Advance(Flush);

        await host.RestsAsync(17, "15 of all, and the first of each principal");
        var principals = (await host.EventsAsync()).Select(e => e.Principal).ToList();
        Assert.Contains("key:quiet", principals);
        Assert.InRange(principals.Count(principal => principal == "key:noisy"), 1, 10);
    }

    [Fact]
    public async Task Flood_OfManyPrincipals_IsBounded()
    {
        await using var host = await AuditHost.StartAsync(configureTrail: trail => trail.FailuresPerTenantMax = 15);
        for (var i = 0; i < 1_000; i++)
        {
            host.Trail.Record(AuditHost.Event(AuditActions.AccessDenied, outcome: AuditOutcome.Denied) with
            {
                Principal = $"key:{i}",
                Reason = "no",
            });
        }

        host.Clock.Advance(Flush);
        await host.RestsAsync(30, "the first of 15 principals, and 15 of the rest");
        host.Clock.Advance(TimeSpan.FromMinutes(1));
        host.Clock.Advance(Flush);

        await host.RestsAsync(31, "the count");
        Assert.Equal(970, (await host.EventsAsync()).Single(e => e.Count > 0).Count);
    }

    [Fact]
    public async Task Success_IsRecordedOnceASession_AndCounted()
    {
        await using var host = await AuditHost.StartAsync();
        var success = AuditHost.Event(AuditActions.AuthSuccess) with { Credential = "key-1" };
        for (var i = 0; i < 10; i++)
        {
            host.Trail.Record(success with { Session = "s1-secret" });
            host.Trail.Record(success with { Session = "s2-secret" });
            host.Trail.Record(success);
        }

        host.Clock.Advance(Flush);
        await host.RestsAsync(3, "one for each session, and one without");
        host.Clock.Advance(TimeSpan.FromMinutes(5));
        host.Clock.Advance(Flush);
        await host.RestsAsync(4, "the count of those without a session");

        var events = await host.EventsAsync();
        Assert.Equal(9, events.Single(e => e.Count > 0).Count);
        Assert.DoesNotContain(events, e => e.Session?.Contains("secret", StringComparison.Ordinal) == true);
    }

    [Fact]
    public async Task Stop_StoresWhatWaits()
    {
        await using var host = await AuditHost.StartAsync();
        host.Trail.Record(AuditHost.Event());

        await host.StopAsync();

        Assert.Equal(1, host.Stored());
    }
}
