using System.Runtime.InteropServices;
using Microsoft.Extensions.Options;

namespace Smcp.Nodes;

/// <summary>
/// Takes the signals that end a process. The first makes the node not ready, and stops it a little later; another stops
/// it at once. A stop has an end: Orleans heeds no limit while it asks a store that is away.
/// </summary>
internal sealed partial class NodeLifetime(
    IHostApplicationLifetime host,
    NodeDeparture departure,
    TimeProvider time,
    IOptions<NodeOptions> options,
    IOptions<HostOptions> limits,
    ILogger<NodeLifetime> logger) : IHostLifetime, IDisposable
{
    private const int LateExitCode = 1;

    private static readonly PosixSignal[] Signals = [PosixSignal.SIGTERM, PosixSignal.SIGINT, PosixSignal.SIGQUIT];

    private PosixSignalRegistration[] _registrations = [];

    public Task WaitForStartAsync(CancellationToken cancellationToken)
    {
        _registrations = [.. Signals.Select(signal => PosixSignalRegistration.Create(signal, OnSignal))];
        host.ApplicationStopping.Register(() => _ = EndLateAsync());
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

    /// <summary>What a stop owes was done before: calls had their time, what was acknowledged is stored.</summary>
    private async Task EndLateAsync()
    {
        var limit = limits.Value.ShutdownTimeout;
        await Task.Delay(limit, time);
        LogStopLate(limit);
        await Console.Error.WriteLineAsync($"smcp: The node did not stop within {limit}.");
        Environment.Exit(LateExitCode);
    }
}
