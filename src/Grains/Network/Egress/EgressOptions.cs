using System.ComponentModel.DataAnnotations;

namespace Smcp.Network.Egress;

/// <summary>What requests of our own to other systems may reach.</summary>
internal sealed class EgressOptions
{
    /// <summary>How long connecting may take, name resolution included. Default: 5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:01:00")]
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Kilobytes that the headers of an answer may have. Default: 32.</summary>
    [Range(1, 1_024)]
    public int HeaderKilobytesMax { get; set; } = 32;

    /// <summary>Connections to one host at a time. Default: 32.</summary>
    [Range(1, 10_000)]
    public int ConnectionsPerHostMax { get; set; } = 32;

    /// <summary>How long a connection is used, so that a host that moved is noticed. Default: 2 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan ConnectionLifetime { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>
    /// Internal networks that may be reached all the same, in CIDR notation (RFC 4632). Servers of tenants reach none
    /// by it, in jails or elsewhere. Default: none.
    /// </summary>
    public IList<string> AllowedNetworks { get; } = [];

    /// <summary>
    /// A PEM file of the certificate authorities that are trusted instead of the system's. Default: none.
    /// </summary>
    public string? AuthoritiesFile { get; set; }
}
