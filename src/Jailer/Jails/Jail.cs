using System.Text.Json;
using Smcp.Jailer.Cgroups;
using Smcp.Jailer.Launching;
using Smcp.Jailer.Native;
using Smcp.Jailer.Orders;

namespace Smcp.Jailer.Jails;

/// <summary>
/// One jail, from its bounds to the last process: bubblewrap (the monitor, our child), the first process of the jail's
/// process namespace, whose end is the end of all in it, and the cgroup.
/// </summary>
internal sealed class Jail : IAsyncDisposable
{
    private static readonly TimeSpan RemovalPause = TimeSpan.FromMilliseconds(5);
    private const int RemovalsMax = 400;

    private readonly BlockedJail _blocked;
    private readonly ICgroup? _cgroup;
    private readonly TimeProvider _time;
    private readonly StreamReader _status;
    private readonly Lock _lock = new();
    private Descriptor? _first;
    private int _firstProcess;
    private bool _reaped;

    public Jail(BlockedJail blocked, ICgroup? cgroup, TimeProvider time)
    {
        _blocked = blocked;
        _cgroup = cgroup;
        _time = time;
        _status = new StreamReader(blocked.Status);
    }

    /// <summary>Whether it was killed at the end of its time.</summary>
    public bool WasOutOfTime { get; set; }

    /// <summary>Whether it was killed for its memory by us, where there is no cgroup that does it.</summary>
    public bool WasOutOfMemory { get; set; }

    /// <summary>What it took in all, once it ended; null where no cgroup counted it.</summary>
    public JailUse? Whole { get; private set; }

    /// <summary>The first process of the jail, as this process numbers it.</summary>
    public int FirstProcess => _firstProcess;

    /// <summary>Bounds what bubblewrap made, while nothing of the order runs in it yet.</summary>
    /// <exception cref="JailRefusedException">Bubblewrap ended; why is on the jail's standard error.</exception>
    public async Task BoundAsync(JailBounds bounds, CancellationToken cancellationToken)
    {
        // What bubblewrap starts is then in the cgroup from the first moment, however its start goes on.
        _cgroup?.TryAdd(_blocked.Process);
        _firstProcess = ChildOf(await _status.ReadLineAsync(cancellationToken))
            ?? throw new JailRefusedException("bubblewrap made no jail: its standard error says why");
        _first = Pidfd.Open(_firstProcess);
        if (_cgroup is not null)
        {
            _cgroup.Add(_firstProcess);
        }
        else
        {
            ResourceLimits.BoundProcesses(_firstProcess, bounds);
        }

        ResourceLimits.OfferToKernel(_firstProcess);
    }

    /// <summary>Lets the program begin; if its jail is gone meanwhile, that is told as every end.</summary>
    public void Release()
    {
        try
        {
            _blocked.Block.Send([1]);
        }
        catch (System.Net.Sockets.SocketException)
        {
            Kill();
        }
    }

    public void BoundCpu(int percent) => _cgroup?.BoundCpu(percent);

    public JailUse Measure()
    {
        var (cpu, memory) = _cgroup?.Measure() ?? ProcessTree.Measure(_firstProcess);
        return new JailUse(cpu, memory);
    }

    /// <summary>Kills all that is in it. It ends soon after, as every jail.</summary>
    public void Kill()
    {
        lock (_lock)
        {
            if (_first is { IsClosed: false })
            {
                Pidfd.Kill(_first);
            }
            else if (!_reaped)
            {
                // It waits for its bounds, or for nothing any more; it is our child, so the number is still its own.
                _ = Libc.Kill(_blocked.Process, Libc.KillSignal);
                if (_firstProcess != 0)
                {
                    _ = Libc.Kill(_firstProcess, Libc.KillSignal);
                }
            }
        }

        _cgroup?.Kill();
    }

    /// <summary>Waits until nothing of it is left.</summary>
    public async Task<JailEnd> EndAsync()
    {
        while (await _status.ReadLineAsync() is not null)
        {
            // Bubblewrap says the exit code too; its own is the same. The end of its words is its end.
        }

        var code = await Task.Run(Reap);
        var outOfMemory = WasOutOfMemory || _cgroup?.WasOutOfMemory() == true;
        Whole = _cgroup is null ? null : Measure();
        await RemoveCgroupAsync();
        return new JailEnd(code ?? 0, outOfMemory, WasOutOfTime);
    }

    public ValueTask DisposeAsync()
    {
        _blocked.Block.Dispose();
        _status.Dispose();
        _first?.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>
    /// The monitor first; then the first process, which is ours to reap once the monitor is gone (the jailer adopts
    /// orphans), unless the monitor did. When it is gone the kernel has ended every other process of the namespace.
    /// </summary>
    private int? Reap()
    {
        var code = ChildProcess.Reap(_blocked.Process);
        lock (_lock)
        {
            _reaped = true;
        }

        if (_first is not null)
        {
            Pidfd.Kill(_first);
            ChildProcess.Reap(_firstProcess);
        }

        return code;
    }

    private async Task RemoveCgroupAsync()
    {
        // The kernel takes a moment to count the dead out.
        for (var i = 0; i < RemovalsMax && _cgroup?.TryRemove() == false; i++)
        {
            await Task.Delay(RemovalPause, _time);
        }
    }

    private static int? ChildOf(string? line)
    {
        if (line is null)
        {
            return null;
        }

        using var json = JsonDocument.Parse(line);
        return json.RootElement.GetProperty("child-pid").GetInt32();
    }
}
