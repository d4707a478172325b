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

    /// <summary>Tenants that may be provisioned, the deleted ones included. Default: 10,000.</summary>
    [Range(1, 1_000_000)]
    public int TenantsMax { get; set; } = 10_000;

    /// <summary>Versions of a tenant that are kept; the oldest goes first. Default: 10,000.</summary>
    [Range(2, 1_000_000)]
    public int VersionsMax { get; set; } = 10_000;

    /// <summary>Servers that may be deployed for one tenant. Default: 200.</summary>
    [Range(1, 10_000)]
    public int ServersMax { get; set; } = 200;

    /// <summary>Roles of its own that a tenant may have. Default: 100.</summary>
    [Range(0, 10_000)]
    public int RolesMax { get; set; } = 100;

    /// <summary>Networks and countries that a tenant's lists may have together. Default: 1,000.</summary>
    [Range(0, 100_000)]
    public int NetworkEntriesMax { get; set; } = 1_000;

    /// <summary>
    /// How long the id of a deleted tenant cannot be provisioned again, so that nothing of its first life is in memory
    /// any more. Default: 1 hour.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "365.00:00:00")]
    public TimeSpan RestAfterDeletion { get; set; } = TimeSpan.FromHours(1);
}
