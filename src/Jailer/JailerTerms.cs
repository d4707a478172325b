namespace Smcp.Jailer;

/// <summary>What a jailer was told at its start: whom it serves, and what it may give away.</summary>
internal sealed record JailerTerms
{
    /// <summary>The path of its unix socket.</summary>
    public required string Socket { get; init; }

    /// <summary>The user whose connections it takes.</summary>
    public required uint Client { get; init; }

    /// <summary>Folders of the host: what jails are to see must be beneath one of them.</summary>
    public IReadOnlyList<string> Roots { get; init; } = [];

    /// <summary>Whether it ends when its standard input does, which whoever started it holds.</summary>
    public bool WithParent { get; init; }

    /// <summary>How many jails there are at a time.</summary>
    public int JailsMax { get; init; } = 1_000;

    /// <summary>Memory of all jails together, in bytes; three quarters of the host's, which needs the rest.</summary>
    public long MemoryBytes { get; init; } = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 4 * 3;

    /// <summary>Processes and threads of all jails together.</summary>
    public int Tasks { get; init; } = 16_384;

    /// <summary>
    /// What all jails together weigh where processor time is short, beside 100 of each other group of processes, or of
    /// each thread that is in none (cgroups(7), <c>cpu.weight</c>).
    /// </summary>
    public int CpuWeight { get; init; } = 100;

    /// <summary>The first of the users that jails run as, where it is root; null for a range that is free.</summary>
    public uint? FirstUser { get; init; }

    /// <summary>How many of them there are.</summary>
    public int Users { get; init; } = 4_096;
}
