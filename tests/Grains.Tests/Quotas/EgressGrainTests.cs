using Smcp.Security.Secrets;

namespace Smcp.Quotas;

public sealed class EgressGrainTests
{
    [Fact]
    public async Task Reports_AreSummedOnceEach_OverACrashToo()
    {
        await using var host = await StartAsync();
        await SayAsync(host, "g1", 1, 100);
        await SayAsync(host, "g2", 1, 50);
        await SayAsync(host, "g1", 1, 100);
        var standing = await SayAsync(host, "g1", 2, 7);
        Assert.Equal((157, host.Clock.GetUtcNow().Date), (standing.Bytes, standing.Day.UtcDateTime));

        await host.RestartAsync();

        Assert.Equal(157, (await SayAsync(host, "g1", 0, 0)).Bytes);
        Assert.Equal(0, (await SayAsync(host, "g1", 0, 0, "globex")).Bytes);
    }

    [Fact]
    public async Task Day_BeginsWithNothing_AndOnlyOnce()
    {
        await using var host = await StartAsync();
        await SayAsync(host, "g1", 1, 100);

        host.Clock.Advance(TimeSpan.FromDays(1));

        Assert.Equal(0, (await SayAsync(host, "g1", 0, 0)).Bytes);
        Assert.Equal(5, (await SayAsync(host, "g1", 2, 5)).Bytes);
        Assert.Equal(host.Clock.GetUtcNow().Date, (await SayAsync(host, "g1", 0, 0)).Day.UtcDateTime);
    }

    [Theory]
    [InlineData("acme", "admin.read:usage", true)]
    [InlineData("acme", "admin.read:data", false)]
    [InlineData("globex", "admin.*:*", false)]
    public async Task Usage_IsSaid_ToWhoMayRead(string tenant, string permission, bool isSaid)
    {
        await using var host = await StartAsync();
        await SayAsync(host, "g1", 1, 100);

        var usage = await host.Grains.Locate<IEgressGrain>("acme")
            .DescribeAsync(TenantDataHost.Admin(tenant, permission), default);

        Assert.Equal((isSaid, isSaid ? 100 : 0), (usage.Fault is null, usage.Bytes));
    }

    private static Task<TenantDataHost> StartAsync() => TenantDataHost.StartAsync(services => services.AddQuotas());

    private static async Task<EgressStanding> SayAsync(
        TenantDataHost host, string source, long number, long bytes, string tenant = "acme") =>
        await host.Grains.Locate<IEgressGrain>(tenant)
            .ReportAsync(new EgressReport { Source = source, Number = number, Bytes = bytes }, default);
}
