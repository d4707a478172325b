using System.ComponentModel.DataAnnotations;

namespace Smcp.Tenants;

/// <summary>The limits of a tenant.</summary>
public sealed class TenantOptions
{
    /// <summary>Sessions that a tenant may have at one time. Default: 10,000.</summary>
    [Range(1, 10_000_000)]
    public int SessionsMax { get; set; } = 10_000;

    /// <summary>How often a tenant looks for sessions that expired. Default: 5 minutes.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "1.00:00:00")]
    public TimeSpan SweepPeriod { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How long after it took its place a session is first looked at. Default: 1 hour.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "30.00:00:00")]
    public TimeSpan FirstLook { get; set; } = TimeSpan.FromHours(1);

    /// <summary>Sessions looked at in one sweep. Default: 1,000.</summary>
    [Range(1, 1_000_000)]
    public int SweepSessionsMax { get; set; } = 1_000;

    /// <summary>
    /// Records that the index of sessions may hold beyond two for each session before it is rewritten. Default:
    /// 1,024.
    /// </summary>
    [Range(1, 10_000_000)]
    public int IndexSlack { get; set; } = 1_024;
}
