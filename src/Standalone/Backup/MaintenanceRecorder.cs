using Microsoft.Extensions.Options;
using Smcp.Security.Audit;
using Smcp.Security.Encryption.Backup;
using Smcp.Storage;

namespace Smcp.Backup;

/// <summary>
/// Records what commands did to the store that this process serves from: at the start, and while it serves.
/// </summary>
internal sealed class MaintenanceRecorder(
    IMaintenanceNotes notes,
    IAuditTrail trail,
    IHostApplicationLifetime lifetime,
    TimeProvider time,
    IOptions<SqliteStorageOptions> storage,
    IOptions<StandaloneOptions> options) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The log is a grain's: there is none before everything has started.
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var hasStarted = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(stoppingToken);
        using var ticks = new PeriodicTimer(options.Value.NotesPeriod, time);
        do
        {
            await TakeAsync(stoppingToken);
        }
        while (await ticks.WaitForNextTickAsync(stoppingToken));
    }

    private async Task TakeAsync(CancellationToken cancellationToken)
    {
        try
        {
            await notes.TakeAsync(
                storage.Value.DataFolder, note => trail.RecordNowAsync(note, cancellationToken), cancellationToken);
        }
        catch (Exception exception) when (
            exception is IOException or UnauthorizedAccessException or StorageUnavailableException)
        {
            // They wait for the next look.
        }
    }
}
