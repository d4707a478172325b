using System.ComponentModel.DataAnnotations;

namespace Smcp.Nodes;

/// <summary>What one node of the cluster does, and where it meets the others.</summary>
internal sealed class NodeOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Smcp:Silo";

    /// <summary>What the node does: all, silo (grains only) or gateway (HTTP only). Default: all.</summary>
    public NodeRole Role { get; set; }

    /// <summary>The port on which a silo hears other silos. Default: 11111.</summary>
    [Range(1, 65_535)]
    public int SiloPort { get; set; } = 11_111;

    /// <summary>The port of the silo that began the cluster, and keeps its members. Default: 11111.</summary>
    [Range(1, 65_535)]
    public int PrimarySiloPort { get; set; } = 11_111;

    /// <summary>The port on which a silo hears gateways, and a gateway calls it. Default: 30000.</summary>
    [Range(1, 65_535)]
    public int GatewayPort { get; set; } = 30_000;

    /// <summary>How long a caller waits for the answer of a grain call. Default: 30 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan ResponseTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long an activation without calls stays in memory. Default: 2 minutes.</summary>
    [Range(typeof(TimeSpan), "00:01:01", "1.00:00:00")]
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromMinutes(2);
}
