using System.Net.Sockets;

namespace Smcp.Runtimes.Jails.Metering;

internal sealed class CountedJail : IJailedProcess
{
    private readonly TaskCompletionSource<JailExit> _exited = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public TimeSpan Cpu { get; set; }

    public Stream Input => Stream.Null;

    public Stream Output => Stream.Null;

    public bool HasClosedOutput => true;

    public Stream Error => Stream.Null;

    public IReadOnlyList<Socket> Listeners => [];

    public Task<JailExit> Exited => _exited.Task;

    public void End() => _exited.TrySetResult(new JailExit(0, JailExitReason.Ended) { Cpu = Cpu });

    public Task<JailUsage?> MeasureAsync(CancellationToken cancellationToken) =>
        Task.FromResult<JailUsage?>(Exited.IsCompleted ? null : new JailUsage(Cpu, 0));

    public Task BoundCpuAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public ValueTask KillAsync()
    {
        End();
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => KillAsync();
}
