using System.ComponentModel.DataAnnotations;

namespace Smcp.Security.Audit;

/// <summary>How a process gathers what it records.</summary>
public sealed class AuditTrailOptions
{
    /// <summary>How long an event waits for others before it is stored. Default: 50 ms.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:00:00.100")]
    public TimeSpan FlushInterval { get; set; } = TimeSpan.FromMilliseconds(50);

    /// <summary>How long administration waits for its record before it is refused. Default: 10 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:01:00")]
    public TimeSpan RecordTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a stop waits for the last events to be stored. Default: 5 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan DrainTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>The longest wait before a batch that could not be stored is sent again. Default: 5 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:10:00")]
    public TimeSpan RetryDelayMax { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Events held in a process, of all tenants; more are dropped and counted. Default: 20,000.</summary>
    [Range(1, 10_000_000)]
    public int EventsMax { get; set; } = 20_000;

    /// <summary>Events of one tenant held in a process; more are dropped and counted. Default: 5,000.</summary>
    [Range(1, 10_000_000)]
    public int EventsPerTenantMax { get; set; } = 5_000;

    /// <summary>Events in one batch. Default: 256.</summary>
    [Range(1, 1_000)]
    public int BatchMax { get; set; } = 256;

    /// <summary>
    /// Failures of one principal (of one address, where none is known) and reason that are recorded one by one in a
    /// window; more are counted in one record. Default: 10.
    /// </summary>
    [Range(1, 1_000_000)]
    public int FailuresEachMax { get; set; } = 10;

    /// <summary>
    /// Failures of one reason, of all, that a tenant has recorded one by one in a window; more are counted in one
    /// record. The first of each principal is recorded beside them, of as many principals. Default: 600.
    /// </summary>
    [Range(1, 10_000_000)]
    public int FailuresPerTenantMax { get; set; } = 600;

    /// <summary>The window in which failures are counted. Default: 1 minute.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan FailureWindow { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// How long successes of one credential without a session are counted as one. Default: 5 minutes.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan SuccessWindow { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How long successes of one credential in one session are counted as one. Default: 1 hour.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan SessionWindow { get; set; } = TimeSpan.FromHours(1);

    /// <summary>
    /// Windows counted at a time; beyond it failures of addresses are counted together and successes recorded one
    /// by one. Default: 10,000.
    /// </summary>
    [Range(1, 1_000_000)]
    public int WindowsMax { get; set; } = 10_000;
}
