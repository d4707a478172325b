using System.Runtime.InteropServices;
using Microsoft.Extensions.Options;

namespace Smcp.Nodes;

/// <summary>
/// Takes the signals that end a process. The first makes the node not ready, and stops it a little later; another stops
/// it at once.
/// </summary>
internal sealed partial class NodeLifetime(
    IHostApplicationLifetime host,
    NodeDeparture departure,
    TimeProvider time,
    IOptions<NodeOptions> options,
    ILogger<NodeLifetime> logger) : IHostLifetime, IDisposable
{
    private static readonly PosixSignal[] Signals = [PosixSignal.SIGTERM, PosixSignal.SIGINT, PosixSignal.SIGQUIT];

    private PosixSignalRegistration[] _registrations = [];

    public Task WaitForStartAsync(CancellationToken cancellationToken)
    {
        _registrations = [.. Signals.Select(signal => PosixSignalRegistration.Create(signal, OnSignal))];
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose()
    {
        foreach (var registration in _registrations)
        {
            registration.Dispose();
        }
    }

    private void OnSignal(PosixSignalContext signal)
    {
        signal.Cancel = true;
        if (departure.TryBegin() && host.ApplicationStarted.IsCancellationRequested)
        {
            LogLeaving(options.Value.LeaveTime);
            _ = StopLaterAsync();
        }
        else
        {
            host.StopApplication();
        }
    }

    private async Task StopLaterAsync()
    {
        await Task.Delay(options.Value.LeaveTime, time);
        host.StopApplication();
    }
}
