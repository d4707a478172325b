using System.ComponentModel.DataAnnotations;

namespace Smcp.Nodes;

/// <summary>What one node of the cluster does, and where it meets the others.</summary>
internal sealed class NodeOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Smcp:Silo";

    /// <summary>
    /// What the node does: all, silo (grains only) or gateway (HTTP only) (<c>--role</c>). Default: all.
    /// </summary>
    public NodeRole Role { get; set; }

    /// <summary>
    /// The IP address at which the other nodes reach this one (<c>--address</c>). Whoever reaches its ports commands
    /// the cluster: they belong in a network of the nodes' own. Default: 127.0.0.1.
    /// </summary>
    [Required]
    public string Address { get; set; } = "127.0.0.1";

    /// <summary>The port on which a silo hears other silos (<c>--silo-port</c>). Default: 11111.</summary>
    [Range(1, 65_535)]
    public int SiloPort { get; set; } = 11_111;

    /// <summary>
    /// The port on which a silo hears gateways, and a gateway calls it (<c>--gateway-port</c>). Default: 30000.
    /// </summary>
    [Range(1, 65_535)]
    public int GatewayPort { get; set; } = 30_000;

    /// <summary>
    /// The port of the silo that began the cluster, and keeps its members, where they are kept in memory. Default:
    /// 11111.
    /// </summary>
    [Range(1, 65_535)]
    public int PrimarySiloPort { get; set; } = 11_111;

    /// <summary>
    /// Whether a silo runs servers that are programs of others, each in a jail. Where some of a cluster's silos do, the
    /// versions that tenants deploy are on those alone; where none does, programs are refused. Default: true.
    /// </summary>
    public bool Programs { get; set; } = true;

    /// <summary>
    /// Whether silos count their calls for Orleans' dashboard, and nodes with HTTP show it to operators at
    /// <c>/cluster</c>. The same on every node. Default: false.
    /// </summary>
    public bool Dashboard { get; set; }

    /// <summary>How long an activation without calls stays in memory. Default: 2 minutes.</summary>
    [Range(typeof(TimeSpan), "00:01:01", "1.00:00:00")]
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>
    /// How long a node that was told to stop goes on serving while it says that it is not ready, so that balancers
    /// turn away first. Default: 3 seconds.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")]
    public TimeSpan LeaveTime { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>
    /// How long the rest of a stop takes at most, beside twice <c>Smcp:Instances:DrainTimeout</c>: leaving the cluster,
    /// which asks a store that is away again and again. Then the process ends as if it were killed. Default: 30
    /// seconds.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan StopTime { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// The file that the operators' first key is written to at the first start of an empty store; a node with HTTP
    /// that has one also says where the first user sets a password. One node of a cluster needs it. Default: none.
    /// </summary>
    public string? OperatorKeyFile { get; set; }

    /// <summary>
    /// Whether to issue another operator's key at this start, in the place of the one before. Default: false.
    /// </summary>
    public bool NewOperatorKey { get; set; }

    /// <summary>How long a gateway tries to reach a silo when it starts. Default: 1 minute.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromMinutes(1);
}
