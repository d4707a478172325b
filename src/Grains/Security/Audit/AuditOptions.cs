using System.ComponentModel.DataAnnotations;

namespace Smcp.Security.Audit;

/// <summary>How audit logs are kept and read.</summary>
public sealed class AuditOptions
{
    /// <summary>How long records are held, where a tenant has no term of its own. Default: 30 days.</summary>
    [Range(typeof(TimeSpan), "01:00:00", "3650.00:00:00")]
    public TimeSpan Retention { get; set; } = TimeSpan.FromDays(30);

    /// <summary>The shortest term that a tenant may have of its own. Default: 30 days.</summary>
    [Range(typeof(TimeSpan), "01:00:00", "3650.00:00:00")]
    public TimeSpan TenantRetentionMin { get; set; } = TimeSpan.FromDays(30);

    /// <summary>How often a log is looked through for records whose retention is over. Default: 1 hour.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "1.00:00:00")]
    public TimeSpan SweepPeriod { get; set; } = TimeSpan.FromHours(1);

    /// <summary>Records that one sweep drops. Default: 100,000.</summary>
    [Range(1, 10_000_000)]
    public int SweepItemsMax { get; set; } = 100_000;

    /// <summary>Events that wait in one log for its store; more are refused, and sent again. Default: 10,000.</summary>
    [Range(1_000, 1_000_000)]
    public int PendingMax { get; set; } = 10_000;

    /// <summary>The newest records that are looked through for what a repeated batch holds. Default: 2,048.</summary>
    [Range(1, 1_000_000)]
    public int RepeatItemsMax { get; set; } = 2_048;

    /// <summary>Records in one page of a search. Default: 500.</summary>
    [Range(1, 10_000)]
    public int PageItemsMax { get; set; } = 500;

    /// <summary>Records that one call of a search looks through. Default: 5,000.</summary>
    [Range(1, 1_000_000)]
    public int SearchItemsMax { get; set; } = 5_000;

    /// <summary>Records that one call verifies. Default: 50,000.</summary>
    [Range(1, 10_000_000)]
    public int VerifyItemsMax { get; set; } = 50_000;

    /// <summary>Breaks that one call names. Default: 100.</summary>
    [Range(1, 10_000)]
    public int BreaksMax { get; set; } = 100;
}
