using Smcp.Identity;
using Smcp.Mcp;
using Smcp.Servers;
using Smcp.Sessions;

namespace Smcp.Tenants;

public sealed class TenantGrainTests
{
    [Fact]
    public async Task Admit_IsRefused_BeyondTheCap()
    {
        await using var host = await SessionHost.StartAsync(configureTenant: tenant => tenant.SessionsMax = 2);

        Assert.Null(await AdmitAsync(host, 1));
        Assert.Null(await AdmitAsync(host, 2));
        Assert.Equal(FaultReason.LimitExceeded, (await AdmitAsync(host, 3))!.Reason);
        Assert.Null(await AdmitAsync(host, 2));
        await host.Tenant.ReleaseSessionAsync(KeyOf(1), default);
        Assert.Null(await AdmitAsync(host, 3));
    }

    [Fact]
    public async Task Admit_HoldsTheCap_WhenManyComeAtOnce()
    {
        await using var host = await SessionHost.StartAsync(configureTenant: tenant => tenant.SessionsMax = 10);

        var faults = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => AdmitAsync(host, i).AsTask()));

        Assert.Equal(10, faults.Count(fault => fault is null));
    }

    [Fact]
    public async Task Places_AreKept_AfterACrash()
    {
        await using var host = await SessionHost.StartAsync(configureTenant: tenant => tenant.SessionsMax = 2);
        await AdmitAsync(host, 1);
        await AdmitAsync(host, 2);
        await host.Tenant.ReleaseSessionAsync(KeyOf(1), default);

        await host.CrashAsync();

        Assert.Null(await AdmitAsync(host, 3));
        Assert.Equal(FaultReason.LimitExceeded, (await AdmitAsync(host, 4))!.Reason);
    }

    [Fact]
    public async Task Admit_IsRefused_ForAnotherTenantsSession()
    {
        await using var host = await SessionHost.StartAsync();
        var foreign = KeyOf(1) with { Tenant = TenantId.Parse("other") };

        Assert.Equal(
            FaultReason.ServerNotFound, (await host.Tenant.AdmitSessionAsync(foreign, default))!.Reason);
    }

    [Fact]
    public async Task Sweep_GivesBackThePlace_OfASessionThatNeverOpened()
    {
        await using var host = await SessionHost.StartAsync(configureTenant: tenant => tenant.SessionsMax = 1);
        await AdmitAsync(host, 1);

        host.Clock.Advance(TimeSpan.FromHours(2));

        await Wait.UntilAsync(() => host.Reminders.Addresses.Count == 0, "the sweep that gives the place back");
        Assert.Null(await AdmitAsync(host, 2));
    }

    [Fact]
    public async Task Sweep_LeavesSessionsThatLive()
    {
        await using var host = await SessionHost.OpenAsync();
        for (var i = 0; i < 6; i++)
        {
            host.Clock.Advance(TimeSpan.FromMinutes(30));
            Assert.NotNull((await host.CallAsync(i)).Answer);
        }

        Assert.Single(host.Reminders.Addresses);
    }

    [Fact]
    public async Task Index_IsRewritten_WhenItGrew()
    {
        await using var host = await SessionHost.StartAsync(configureTenant: tenant => tenant.IndexSlack = 4);
        await AdmitAsync(host, 100);
        for (var i = 0; i < 20; i++)
        {
            await AdmitAsync(host, i);
            await host.Tenant.ReleaseSessionAsync(KeyOf(i), default);
        }

        var beyond = host.Process.Operations + 2;
        host.Clock.Advance(TimeSpan.FromMinutes(5));
        await Wait.UntilAsync(() => host.Process.Operations >= beyond, "the index rewritten and trimmed");
        await host.CrashAsync();

        Assert.Null(await AdmitAsync(host, 1));
        var extent = await host.Logs.ExtentAsync("tenant/default/sessions", default);
        Assert.Equal(2, extent.Last - extent.First + 1);
    }

    private static ValueTask<McpFault?> AdmitAsync(SessionHost host, int session) =>
        host.Tenant.AdmitSessionAsync(KeyOf(session), default);

    private static SessionKey KeyOf(int session) =>
        new(TenantId.Parse("default"), ServerId.Parse("echo"), SessionId.Parse($"session-{session}"));
}
