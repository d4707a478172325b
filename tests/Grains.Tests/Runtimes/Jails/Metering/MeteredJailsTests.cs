using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Smcp.Mcp;
using Smcp.Quotas;
using Smcp.Quotas.Cpu;
using Smcp.Security.Secrets;
using Smcp.Sessions;
using Smcp.Tenants;

namespace Smcp.Runtimes.Jails.Metering;

public sealed class MeteredJailsTests
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(5);

    private readonly CountedJails _jails = new();
    private long? _secondsMax = 10;

    [Fact]
    public async Task Time_IsCountedOnce_WhileItRunsAndAtItsEnd()
    {
        await using var host = await StartAsync();
        var jail = await StartAsync(host);

        jail.Cpu = TimeSpan.FromSeconds(2);
        await PassAsync(host, seconds: 2);
        jail.Cpu = TimeSpan.FromSeconds(3);
        jail.End();

        await PassAsync(host, seconds: 3);
    }

    [Fact]
    public async Task Jails_EndAndStartNoMore_WhenTheDayOfTheirTenantIsUsedUp()
    {
        await using var host = await StartAsync();
        var jail = await StartAsync(host);
        var other = await StartAsync(host, "globex");

        jail.Cpu = TimeSpan.FromSeconds(10);
        host.Clock.Advance(Period);
        await jail.Exited;

        var refusal = await Assert.ThrowsAsync<JailUnavailableException>(() => StartAsync(host));
        Assert.Equal(FaultReason.LimitExceeded, refusal.Fault?.Reason);
        Assert.InRange(refusal.Fault!.RetryAfter!.Value, TimeSpan.FromHours(23), TimeSpan.FromHours(24));
        Assert.False(other.Exited.IsCompleted);
        await StartAsync(host, "globex");

        host.Clock.Advance(refusal.Fault.RetryAfter.Value);
        await StartAsync(host);
    }

    [Fact]
    public async Task Quota_ThatIsRaised_IsSeenWithinAPeriod()
    {
        await using var host = await StartAsync();
        var jail = await StartAsync(host);
        jail.Cpu = TimeSpan.FromSeconds(10);
        host.Clock.Advance(Period);
        await jail.Exited;

        _secondsMax = null;
        host.Clock.Advance(Period);

        await StartAsync(host);
    }

    [Fact]
    public async Task UsedUpDay_OnAnotherNode_LetsNothingStartHere()
    {
        await using var host = await StartAsync();
        await host.Grains.Locate<ICpuGrain>("acme")
            .ReportAsync(new CpuReport { Source = "other", Number = 1, Microseconds = 10_000_000 }, default);

        await Assert.ThrowsAsync<JailUnavailableException>(() => StartAsync(host));
    }

    private Task<TenantDataHost> StartAsync() => TenantDataHost.StartAsync(services =>
    {
        services.AddQuotas().AddTransient(_ => new TenantQuotas { CpuSecondsPerDay = _secondsMax });
        services.AddJails();
        services.Replace(ServiceDescriptor.Singleton<IJails>(provider => new MeteredJails(
            _jails, provider.GetRequiredService<JailMeter>(), provider.GetRequiredService<CpuQuota>())));
    });

    private static async Task<CountedJail> StartAsync(TenantDataHost host, string tenant = "acme") =>
        (CountedJail)await host.Get<IJails>().StartAsync(JailsHost.Shell("true", tenant), default);

    private static Task PassAsync(TenantDataHost host, double seconds) => Wait.UntilAsync(
        () => UsedAsync(host).Result == seconds, $"{seconds} s", () => host.Clock.Advance(Period));

    private static async Task<double> UsedAsync(TenantDataHost host)
    {
        var usage = await host.Grains.Locate<ICpuGrain>("acme").DescribeAsync(TenantDataHost.Admin("acme"), default);
        return usage.Seconds;
    }
}
