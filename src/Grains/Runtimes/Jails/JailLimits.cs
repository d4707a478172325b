namespace Smcp.Runtimes.Jails;

/// <summary>
/// How much a jail may take. Beyond the memory it is killed; beyond the others a call of the program fails.
/// </summary>
internal sealed record JailLimits
{
    /// <summary>Memory of all its processes and files, in bytes.</summary>
    public long MemoryBytes { get; init; } = 256L << 20;

    /// <summary>Processor time in hundredths of one processor. Not bounded where there are no cgroups.</summary>
    public int CpuPercent { get; init; } = 100;

    /// <summary>
    /// Whether that holds only from <see cref="IJailedProcess.BoundCpuAsync"/> on: starting costs most.
    /// </summary>
    public bool CpuLater { get; init; }

    /// <summary>Processes and threads.</summary>
    public int Processes { get; init; } = 64;

    /// <summary>Open files of one process.</summary>
    public int OpenFiles { get; init; } = 1_024;

    /// <summary>The size of one file, in bytes.</summary>
    public long FileBytes { get; init; } = 64L << 20;

    /// <summary>What <c>/tmp</c> and <c>/dev/shm</c> hold, each, in bytes.</summary>
    public long TemporaryBytes { get; init; } = 64L << 20;

    /// <summary>After what time it is killed; null for never.</summary>
    public TimeSpan? Life { get; init; }
}
