using System.ComponentModel.DataAnnotations;

namespace Smcp.Nodes;

/// <summary>
/// How silos find out that one of them is gone. A dead silo is noticed after <see cref="MissedProbesMax"/> times what
/// its answers took lately; shorter takes a slow silo for a dead one.
/// </summary>
internal sealed class MembershipOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Smcp:Silo:Membership";

    /// <summary>
    /// How long a silo's answer to a probe is waited for at first; then between a quarter of it and twice as long, by
    /// how fast the silo answers. Default: 2 seconds.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:01:00")]
    public TimeSpan ProbeTimeout { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How many probes in a row a silo must miss before another votes it dead. Default: 3.</summary>
    [Range(1, 100)]
    public int MissedProbesMax { get; set; } = 3;

    /// <summary>
    /// How many silos must vote one dead; of fewer silos, half of them. Default: 2.
    /// </summary>
    [Range(1, 100)]
    public int VotesMin { get; set; } = 2;

    /// <summary>
    /// How often a silo writes that it is alive. After three times as long without it, its row counts as left behind:
    /// so long a cluster takes to start again after all its nodes died. Default: 5 seconds.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan AlivePeriod { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How long a starting silo tries to reach every silo that counts as alive; longer than three times the period
    /// above. Default: 1 minute.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:05", "01:00:00")]
    public TimeSpan JoinTimeout { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// How often silos and gateways read the list of members, besides what they hear of each other. Default: 5 seconds.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan RefreshPeriod { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a connection to a node may take to be made. Default: 2 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:01:00")]
    public TimeSpan ConnectionTimeout { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// How long a silo that stops serves gateways after it told them to use others, and goes on turning away other
    /// silos once it has handed over its grains. Default: 1 second.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan GatewayNotice { get; set; } = TimeSpan.FromSeconds(1);
}
