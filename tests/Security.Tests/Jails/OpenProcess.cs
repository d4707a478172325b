using System.Diagnostics;
using System.Net.Sockets;
using Smcp.Runtimes.Jails;

namespace Smcp.Threats;

/// <summary>A program that runs without a jail.</summary>
internal sealed class OpenProcess : IJailedProcess
{
    private readonly Process _process;

    public OpenProcess(Process process)
    {
        _process = process;
        Exited = ExitAsync();
    }

    public Stream Input => _process.StandardInput.BaseStream;

    public Stream Output => _process.StandardOutput.BaseStream;

    public bool HasClosedOutput => Exited.IsCompleted;

    public Stream Error => _process.StandardError.BaseStream;

    public IReadOnlyList<Socket> Listeners => [];

    public Task<JailExit> Exited { get; }

    public Task<JailUsage?> MeasureAsync(CancellationToken cancellationToken) => Task.FromResult<JailUsage?>(null);

    public Task BoundCpuAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async ValueTask KillAsync()
    {
        if (!Exited.IsCompleted)
        {
            _process.Kill(entireProcessTree: true);
        }

        await Exited;
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _process.Dispose();
    }

    private async Task<JailExit> ExitAsync()
    {
        await _process.WaitForExitAsync();
        return new JailExit(_process.ExitCode, JailExitReason.Ended);
    }
}
