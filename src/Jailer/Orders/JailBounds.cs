namespace Smcp.Jailer.Orders;

/// <summary>How much a jail may take.</summary>
public sealed record JailBounds
{
    /// <summary>Memory of all its processes, scratch folders among it, in bytes.</summary>
    public required long MemoryBytes { get; init; }

    /// <summary>Processor time, in hundredths of one processor.</summary>
    public required int CpuPercent { get; init; }

    /// <summary>Whether the processor is bounded only from <see cref="JailRequestKind.BoundCpu"/> on.</summary>
    public bool CpuLater { get; init; }

    /// <summary>Processes and threads.</summary>
    public required int Processes { get; init; }

    /// <summary>Open files of one process.</summary>
    public required int OpenFiles { get; init; }

    /// <summary>The size of one file, in bytes.</summary>
    public required long FileBytes { get; init; }

    /// <summary>What <c>/tmp</c> and <c>/dev/shm</c> hold, each, in bytes.</summary>
    public required long TemporaryBytes { get; init; }

    /// <summary>After how many seconds it is killed; 0 for never.</summary>
    public int LifeSeconds { get; init; }
}
