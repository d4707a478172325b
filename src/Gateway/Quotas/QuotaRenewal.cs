using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Smcp.Quotas;

/// <summary>Renews, from time to time, the places that this gateway holds.</summary>
internal sealed class QuotaRenewal(KnownQuotas known, TimeProvider time, IOptions<LimitOptions> options)
    : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.RenewPeriod, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await known.RenewAsync();
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The process stops; its places lapse.
        }
    }
}
