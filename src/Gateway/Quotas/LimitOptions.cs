using System.ComponentModel.DataAnnotations;

namespace Smcp.Quotas;

/// <summary>What one gateway takes, whoever asks, and how it shares tenants' quotas with the others.</summary>
internal sealed class LimitOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Smcp:Gateway:Limits";

    /// <summary>
    /// Requests a minute of one address (of IPv6: of one network of 64 bits), before anybody is authenticated; 0 is
    /// none. Default: 6,000.
    /// </summary>
    [Range(0, 1_000_000_000)]
    public long AddressRequestsPerMinute { get; set; } = 6_000;

    /// <summary>Requests of one address that may come at once. Default: 600.</summary>
    [Range(1, 1_000_000_000)]
    public long AddressBurst { get; set; } = 600;

    /// <summary>
    /// How many requests a refused credential counts for, against its address. Default: 20.
    /// </summary>
    [Range(1, 10_000)]
    public int FailedAuthenticationCost { get; set; } = 20;

    /// <summary>Whether the limit by address holds for this machine's own address. Default: false.</summary>
    public bool LimitLoopback { get; set; }

    /// <summary>How many addresses are remembered. Default: 100,000.</summary>
    [Range(2, 10_000_000)]
    public int AddressesKeptMax { get; set; } = 100_000;

    /// <summary>Requests a minute of everybody together at this gateway; 0 is none. Default: 12,000,000.</summary>
    [Range(0, 1_000_000_000)]
    public long NodeRequestsPerMinute { get; set; } = 12_000_000;

    /// <summary>Requests at this gateway that may come at once. Default: 600,000.</summary>
    [Range(1, 1_000_000_000)]
    public long NodeBurst { get; set; } = 600_000;

    /// <summary>
    /// Requests of one principal in work at one time at this gateway, streams included. Default: 1,000.
    /// </summary>
    [Range(1, 1_000_000)]
    public int PrincipalInFlightMax { get; set; } = 1_000;

    /// <summary>
    /// How many quotas of each kind (tenants, principals, sessions) are remembered. Default: 100,000.
    /// </summary>
    [Range(2, 10_000_000)]
    public int QuotasKeptMax { get; set; } = 100_000;

    /// <summary>
    /// How long the cluster's quota may take to answer before this gateway spends its own share. Default: 1 s.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:00:30")]
    public TimeSpan LeaseTimeout { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How long it goes by its own share then, before it asks again. Default: 5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:05:00")]
    public TimeSpan OwnShareTime { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>The shortest wait between two refusals of one quota by the cluster. Default: 50 ms.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:00:10")]
    public TimeSpan AskInterval { get; set; } = TimeSpan.FromMilliseconds(50);

    /// <summary>How often the places held are renewed, and those not needed given back. Default: 4 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:01:00")]
    public TimeSpan RenewPeriod { get; set; } = TimeSpan.FromSeconds(4);

    /// <summary>
    /// How often what was sent for tenants is reported, and what other gateways sent is learned. Default: 1 s.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:01:00")]
    public TimeSpan EgressReportPeriod { get; set; } = TimeSpan.FromSeconds(1);
}
