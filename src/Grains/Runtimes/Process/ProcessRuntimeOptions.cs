using System.ComponentModel.DataAnnotations;

namespace Smcp.Runtimes.Process;

/// <summary>How programs run that are MCP servers of their own, each in a jail.</summary>
internal sealed class ProcessRuntimeOptions
{
    /// <summary>Memory of a process whose settings do not say, in bytes. Default: 256 MiB.</summary>
    [Range(16L << 20, 1L << 40)]
    public long MemoryBytes { get; set; } = 256L << 20;

    /// <summary>Memory that settings may ask for at most, in bytes. Default: 1 GiB.</summary>
    [Range(16L << 20, 1L << 40)]
    public long MemoryBytesMax { get; set; } = 1L << 30;

    /// <summary>Processor time of one process, in hundredths of one processor. Default: 100.</summary>
    [Range(1, 100_000)]
    public int CpuPercent { get; set; } = 100;

    /// <summary>Processes and threads in one jail. Default: 128.</summary>
    [Range(2, 100_000)]
    public int TasksMax { get; set; } = 128;

    /// <summary>Open files of one process. Default: 1,024.</summary>
    [Range(16, 1_000_000)]
    public int OpenFilesMax { get; set; } = 1_024;

    /// <summary>The size of one file that it writes, in bytes. Default: 64 MiB.</summary>
    [Range(0L, 1L << 40)]
    public long FileBytesMax { get; set; } = 64L << 20;

    /// <summary>What its temporary folder holds, and each declared folder at most, in bytes. Default: 64 MiB.</summary>
    [Range(4_096L, 1L << 40)]
    public long ScratchBytesMax { get; set; } = 64L << 20;

    /// <summary>How long it may take to end once its input has ended; then it is killed. Default: 2 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan ExitGrace { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// For how long a server whose process ended by itself is not started again; doubled each time. Default: 1 s.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:10:00")]
    public TimeSpan RestartDelay { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest of these. Default: 1 minute.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "1.00:00:00")]
    public TimeSpan RestartDelayMax { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>After how long a life the end of a process is the first again. Default: 30 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "1.00:00:00")]
    public TimeSpan StableAfter { get; set; } = TimeSpan.FromSeconds(30);
}
