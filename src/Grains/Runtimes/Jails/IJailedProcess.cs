using System.Net.Sockets;

namespace Smcp.Runtimes.Jails;

/// <summary>A program in a jail. Disposing kills what still runs of it.</summary>
internal interface IJailedProcess : IAsyncDisposable
{
    /// <summary>Its standard input; disposed, the program reads its end.</summary>
    Stream Input { get; }

    /// <summary>Its standard output. Ends with the jail.</summary>
    Stream Output { get; }

    /// <summary>
    /// Whether the end of its output was read: so a program that ended by itself is told from one that is ended.
    /// </summary>
    bool HasClosedOutput { get; }

    /// <summary>
    /// Its standard error. Ends with the jail; whoever starts a jail must read it, or the program stops.
    /// </summary>
    Stream Error { get; }

    /// <summary>
    /// Listening on <see cref="JailStart.LoopbackPorts"/> of the jail, in their order: what is accepted here was
    /// connected to in the jail. Owned by this.
    /// </summary>
    IReadOnlyList<Socket> Listeners { get; }

    /// <summary>Completes, and never fails, when nothing of the jail is left: no process, no file, no limit.</summary>
    Task<JailExit> Exited { get; }

    /// <summary>What it takes at the moment; null once it ended.</summary>
    Task<JailUsage?> MeasureAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Bounds the processor time from now on, where <see cref="JailLimits.CpuLater"/> let it begin without a bound.
    /// </summary>
    Task BoundCpuAsync(CancellationToken cancellationToken);

    /// <summary>Kills all of it and waits until nothing is left.</summary>
    ValueTask KillAsync();
}
