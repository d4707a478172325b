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
        using var registration = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(stoppingToken);
        foreach (var definition in catalog.Servers)
        {
            stoppingToken.ThrowIfCancellationRequested();
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
