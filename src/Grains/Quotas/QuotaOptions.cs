using System.ComponentModel.DataAnnotations;

namespace Smcp.Quotas;

/// <summary>How limits are shared out among gateways.</summary>
internal sealed class QuotaOptions
{
    /// <summary>
    /// How much of a minute's limit may come at once: with what is leased out, how far a minute may exceed the limit.
    /// Default: 0.05, a twentieth.
    /// </summary>
    [Range(0.001, 1.0)]
    public double BurstShare { get; set; } = 0.05;

    /// <summary>
    /// Requests that may come at once whatever the limit, so that a client of a small one can open. Default: 10.
    /// </summary>
    [Range(1, 100_000)]
    public int BurstMin { get; set; } = 10;

    /// <summary>
    /// How much of a minute's limit all gateways together may hold leased and unspent. Default: 0.03.
    /// </summary>
    [Range(0.001, 1.0)]
    public double LeasedShare { get; set; } = 0.03;

    /// <summary>How long leased tokens may be spent. Default: 2 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:01:00")]
    public TimeSpan LeaseLifetime { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How much of a number of places one gateway may hold unused. Default: 0.02.</summary>
    [Range(0.0, 1.0)]
    public double SpareShare { get; set; } = 0.02;

    /// <summary>How long a gateway that is not heard of keeps its places. Default: 15 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan HoldLifetime { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>Gateways that one limit is shared out among; more are refused. Default: 1,000.</summary>
    [Range(1, 100_000)]
    public int HoldersMax { get; set; } = 1_000;
}
