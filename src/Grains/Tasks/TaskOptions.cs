using System.ComponentModel.DataAnnotations;

namespace Smcp.Tasks;

/// <summary>The terms of tasks.</summary>
internal sealed class TaskOptions
{
    /// <summary>
    /// How long a task is kept from its creation, its result with it; one that still runs then is cancelled.
    /// Default: 1 hour.
    /// </summary>
    [Range(typeof(TimeSpan), "00:01:00", "30.00:00:00")]
    public TimeSpan Lifetime { get; set; } = TimeSpan.FromHours(1);

    /// <summary>The least lifetime of a task whose client asks for less. Default: 1 second.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:01:00")]
    public TimeSpan LifetimeMin { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The greatest lifetime of a task whose client asks for more. Default: 24 hours.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "30.00:00:00")]
    public TimeSpan LifetimeMax { get; set; } = TimeSpan.FromHours(24);

    /// <summary>How often a client is asked to poll. Default: 1 second.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "01:00:00")]
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How many tasks may run in one instance at a time. Default: 1024.</summary>
    [Range(1, 1_000_000)]
    public int RunningMax { get; set; } = 1024;

    /// <summary>How many tasks of one principal may run in one instance at a time. Default: 64.</summary>
    [Range(1, 1_000_000)]
    public int RunningPerPrincipalMax { get; set; } = 64;

    /// <summary>
    /// How many tasks of one principal a server keeps for clients with sessions, running or ended, until their
    /// lifetimes are over. Default: 256.
    /// </summary>
    [Range(1, 10_000)]
    public int KeptPerPrincipalMax { get; set; } = 256;

    /// <summary>How many tasks one page of a list has. Default: 50.</summary>
    [Range(1, 1000)]
    public int ListPageItemsMax { get; set; } = 50;

    /// <summary>How often the report of a task that could not be stored is tried again. Default: 5.</summary>
    [Range(1, 100)]
    public int ReportAttemptsMax { get; set; } = 5;

    /// <summary>The wait before a report is tried again, times the attempts made. Default: 200 ms.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:01:00")]
    public TimeSpan ReportRetryDelay { get; set; } = TimeSpan.FromMilliseconds(200);
}
