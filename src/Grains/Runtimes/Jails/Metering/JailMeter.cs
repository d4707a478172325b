using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Smcp.Identity;
using Smcp.Quotas.Cpu;

namespace Smcp.Runtimes.Jails.Metering;

/// <summary>
/// Measures what runs in jails, adds it to its tenants, and ends the jails of a tenant whose servers used up their day.
/// </summary>
internal sealed partial class JailMeter(
    CpuQuota quota, TimeProvider time, IOptions<CpuOptions> options, ILogger<JailMeter> logger) : BackgroundService
{
    private readonly ConcurrentDictionary<MeteredJail, bool> _running = new();

    /// <summary>Counts a jail's time from its begin to its end.</summary>
    public void Watch(TenantId tenant, IJailedProcess process)
    {
        var jail = new MeteredJail(tenant, process);
        _running[jail] = true;
        _ = EndAsync(jail);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.ReportPeriod, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await Task.WhenAll(_running.Keys.Select(MeasureAsync));
                await quota.ReportAsync();
                await Task.WhenAll(_running.Keys.GroupBy(jail => jail.Tenant).Select(StopAsync));
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The process stops: what is not reported now is not counted.
            await quota.ReportAsync();
        }
    }

    private async Task MeasureAsync(MeteredJail jail)
    {
        using var timeout = new CancellationTokenSource(options.Value.ReportTimeout, time);
        try
        {
            if (await jail.Process.MeasureAsync(timeout.Token) is { } usage)
            {
                quota.Add(jail.Tenant, jail.Count(usage.Cpu));
            }
        }
        catch (OperationCanceledException)
        {
            // The next measure has it.
        }
    }

    /// <summary>Ends what runs for a tenant whose day is used up.</summary>
    private async Task StopAsync(IGrouping<TenantId, MeteredJail> jails)
    {
        if (await quota.CheckAsync(jails.Key) is not null)
        {
            LogUsedUp(logger, jails.Key, jails.Count());
            await Task.WhenAll(jails.Select(jail => jail.Process.KillAsync().AsTask()));
        }
    }

    private async Task EndAsync(MeteredJail jail)
    {
        var exit = await jail.Process.Exited;
        quota.Add(jail.Tenant, jail.Count(exit.Cpu));
        _running.TryRemove(jail, out _);
    }
}
