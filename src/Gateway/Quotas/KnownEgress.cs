using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Smcp.Identity;

namespace Smcp.Quotas;

/// <summary>
/// What left for tenants that have a quota for it, and its reports. Only of tenants that exist, so their number is
/// theirs.
/// </summary>
internal sealed class KnownEgress(EgressSource source, TimeProvider time, IOptions<LimitOptions> options)
    : BackgroundService
{
    private readonly ConcurrentDictionary<(TenantId Tenant, int Generation), DayTally> _tallies = new();

    /// <summary>The tally of one life of a tenant: no later one pays for it.</summary>
    public DayTally Of(TenantId tenant, int generation) =>
        _tallies.GetOrAdd((tenant, generation), static (key, from) => from.TallyOf(key.Tenant), source);

    public Task ReportAsync() => Task.WhenAll(
        _tallies.Where(pair => pair.Value.IsWaiting).Select(pair => ReportAsync(pair.Key, pair.Value)));

    /// <summary>Of a tenant that is gone there is nobody to tell, and nothing could be stored.</summary>
    private async Task ReportAsync((TenantId Tenant, int Generation) key, DayTally tally)
    {
        if (await source.IsOverAsync(key.Tenant, key.Generation))
        {
            _tallies.TryRemove(key, out _);
            return;
        }

        await tally.ReportAsync();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.EgressReportPeriod, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await ReportAsync();
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The process stops: what is not reported now is not counted.
            await ReportAsync();
        }
    }
}
