using Microsoft.Extensions.DependencyInjection;
using Smcp.Security.Secrets;
using Smcp.Tenants;

namespace Smcp.Quotas.Cpu;

public sealed class CpuGrainTests
{
    [Fact]
    public async Task Reports_AreSummedOnceEach_OverACrashToo()
    {
        await using var host = await StartAsync();
        await SayAsync(host, "n1", 1, 2_000_000);
        await SayAsync(host, "n2", 1, 500_000);
        var standing = await SayAsync(host, "n1", 1, 2_000_000);
        Assert.Equal((2_500_000, 10_000_000), (standing.Microseconds, standing.MicrosecondsMax));

        await host.RestartAsync();

        Assert.Equal(2_500_000, (await SayAsync(host, "n1", 0, 0)).Microseconds);
        host.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(0, (await SayAsync(host, "n1", 0, 0)).Microseconds);
    }

    [Fact]
    public async Task Report_OfNoTenant_IsNotStored()
    {
        await using var host = await StartAsync();

        Assert.Equal(0, (await SayAsync(host, "n1", 1, 5, "nobody")).Microseconds);
    }

    [Theory]
    [InlineData("acme", "admin.read:usage", 2.5)]
    [InlineData("acme", "admin.read:data", null)]
    [InlineData("globex", "admin.*:*", null)]
    public async Task Usage_IsSaid_ToWhoMayRead(string tenant, string permission, double? seconds)
    {
        await using var host = await StartAsync();
        await SayAsync(host, "n1", 1, 2_500_000);

        var usage = await host.Grains.Locate<ICpuGrain>("acme")
            .DescribeAsync(TenantDataHost.Admin(tenant, permission), default);

        Assert.Equal((seconds is null, seconds ?? 0), (usage.Fault is not null, usage.Seconds));
        Assert.Equal(seconds is null ? null : 10, usage.SecondsMax);
    }

    private static Task<TenantDataHost> StartAsync() => TenantDataHost.StartAsync(services =>
        services.AddQuotas().AddSingleton(new TenantQuotas { CpuSecondsPerDay = 10 }));

    private static async Task<CpuStanding> SayAsync(
        TenantDataHost host, string source, long number, long microseconds, string tenant = "acme") =>
        await host.Grains.Locate<ICpuGrain>(tenant).ReportAsync(
            new CpuReport { Source = source, Number = number, Microseconds = microseconds }, default);
}
