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
    private readonly ConcurrentDictionary<TenantId, EgressTally> _tallies = new();

    public EgressTally Of(TenantId tenant) =>
        _tallies.GetOrAdd(tenant, static (id, from) => new EgressTally(id, from), source);

    public Task ReportAsync() => Task.WhenAll(
        _tallies.Values.Where(tally => tally.IsWaiting).Select(tally => tally.ReportAsync()));

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
