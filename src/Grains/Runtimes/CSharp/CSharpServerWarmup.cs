using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Smcp.Hosting.Classes;

namespace Smcp.Runtimes.CSharp;

/// <summary>
/// Reads every server class once the process serves, so that its first call need not wait, and says which cannot be
/// read.
/// </summary>
internal sealed partial class CSharpServerWarmup(
    CSharpServerCatalog catalog, IHostApplicationLifetime lifetime, ILogger<CSharpServerWarmup> logger)
    : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var registration = lifetime.ApplicationStarted.Register(() => started.TrySetResult());
        // A start that failed ends this too: that is no failure of its own, so nothing is thrown.
        using var stopped = stoppingToken.Register(() => started.TrySetResult());
        await started.Task;
        foreach (var definition in catalog.Servers)
        {
            if (stoppingToken.IsCancellationRequested)
            {
                return;
            }

            try
            {
                catalog.Server(definition.Source);
            }
            catch (ServerClassException exception)
            {
                LogUnreadable(exception, definition.Source);
            }
        }
    }
}
