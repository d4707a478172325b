using System.ComponentModel.DataAnnotations;

namespace Smcp.Usage;

/// <summary>What the usage ledger keeps, and for how long.</summary>
internal sealed class UsageOptions
{
    /// <summary>
    /// How long an instance counts in memory before it reports: what a killed process loses. Default: 1 s.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:01:00")]
    public TimeSpan FlushPeriod { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Tools of one instance that are counted by name; others are counted together. Default: 256.</summary>
    [Range(1, 100_000)]
    public int ToolNamesMax { get; set; } = 256;

    /// <summary>Rows of one report; principals beyond are counted together. Default: 1,000.</summary>
    [Range(1, 100_000)]
    public int ReportRowsMax { get; set; } = 1_000;

    /// <summary>Rows of one tenant; beyond, tools and principals are counted together. Default: 50,000.</summary>
    [Range(10, 10_000_000)]
    public int RowsMax { get; set; } = 50_000;

    /// <summary>How long rows of an hour are held; then they are summed by the day. Default: 35 days.</summary>
    [Range(typeof(TimeSpan), "1.00:00:00", "400.00:00:00")]
    public TimeSpan HourlyRetention { get; set; } = TimeSpan.FromDays(35);

    /// <summary>How long anything is held. Default: 400 days.</summary>
    [Range(typeof(TimeSpan), "1.00:00:00", "4000.00:00:00")]
    public TimeSpan Retention { get; set; } = TimeSpan.FromDays(400);

    /// <summary>How often closed hours are billed, and old rows summed and dropped. Default: 5 minutes.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "1.00:00:00")]
    public TimeSpan UpkeepPeriod { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// Records that a ledger's log may hold beyond two for each row before it is rewritten. Default: 20,000.
    /// </summary>
    [Range(1, 10_000_000)]
    public int LogSlack { get; set; } = 20_000;

    /// <summary>Reporting activations whose last report is remembered. Default: 10,000.</summary>
    [Range(1, 1_000_000)]
    public int SourcesMax { get; set; } = 10_000;
}
