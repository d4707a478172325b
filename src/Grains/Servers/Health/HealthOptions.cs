using System.ComponentModel.DataAnnotations;

namespace Smcp.Servers.Health;

/// <summary>How servers are watched, and when one is put into quarantine. No tenant changes any of it.</summary>
internal sealed class HealthOptions
{
    /// <summary>
    /// Over what time calls, their failures and the ends of processes are counted. Default: 10 minutes.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:10", "1.00:00:00")]
    public TimeSpan Window { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>
    /// How many processes of a server may end by themselves or over a limit within the window until it is put into
    /// quarantine; 0: it never is. Of processes that served one principal alone at most half as many count. Default:
    /// 10.
    /// </summary>
    [Range(0, 100_000)]
    public int QuarantineExits { get; set; } = 10;

    /// <summary>
    /// Instances of one server that its grain knows, and so ends at once; others find out by themselves. Default:
    /// 10000.
    /// </summary>
    [Range(1, 1_000_000)]
    public int InstancesMax { get; set; } = 10_000;

    /// <summary>Instances that the status of a server names. Default: 100.</summary>
    [Range(1, 1_000)]
    public int InstancesShownMax { get; set; } = 100;

    /// <summary>
    /// How often what runs of a third-party server is asked whether it still answers; not more often than
    /// <c>Smcp:Instances:VersionWatchPeriod</c>. Default: 30 seconds.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan CheckPeriod { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How much of what a server's processes write to their standard error is kept, as the memory that it takes: the
    /// last. Default: 256 KiB.
    /// </summary>
    [Range(0, 64 << 20)]
    public int LogBytesKept { get; set; } = 256 * 1024;

    /// <summary>
    /// How long that is kept after the last line; it is never written to a disk. Default: 1 hour.
    /// </summary>
    [Range(typeof(TimeSpan), "00:01:00", "7.00:00:00")]
    public TimeSpan LogKept { get; set; } = TimeSpan.FromHours(1);

    /// <summary>
    /// How much of that one instance may hand over at a time; of more, the last. Default: 16 KiB.
    /// </summary>
    [Range(1_024, 1_048_576)]
    public int LogBatchBytesMax { get; set; } = 16 * 1024;

    /// <summary>How long an instance waits after it handed some over. Default: 1 second.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:01:00")]
    public TimeSpan LogPeriod { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// How long whoever stops a server waits until its instances have ended; they end either way. Default: 10 seconds.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:00:25")]
    public TimeSpan EndPatience { get; set; } = TimeSpan.FromSeconds(10);
}
