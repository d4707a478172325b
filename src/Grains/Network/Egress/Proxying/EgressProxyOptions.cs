using System.ComponentModel.DataAnnotations;

namespace Smcp.Network.Egress.Proxying;

/// <summary>How third-party servers in jails reach other systems.</summary>
internal sealed class EgressProxyOptions
{
    /// <summary>
    /// Internal places, <c>host:port</c> each, that servers may connect to where their own rules name them too, or that
    /// servers elsewhere and their authorization servers may be at. Default: none; nothing that a tenant says reaches
    /// an internal address.
    /// </summary>
    public IList<string> InternalPlaces { get; } = [];

    /// <summary>Connections of one server's process at a time. Default: 64.</summary>
    [Range(1, 10_000)]
    public int ConnectionsMax { get; set; } = 64;

    /// <summary>Bytes that the head of a request to the proxy may have. Default: 16 KiB.</summary>
    [Range(512, 1_048_576)]
    public int HeadBytesMax { get; set; } = 16 * 1024;

    /// <summary>How long the head of a request may take. Default: 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:05:00")]
    public TimeSpan HeadTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>After how long a connection ends on which nothing moves. Default: 5 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "1.00:00:00")]
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// Bytes that one connection may carry, both ways together; of a worker's fetch, bytes of the request and of the
    /// answer. Default: 1 GiB.
    /// </summary>
    [Range(1_024, 1_099_511_627_776)]
    public long ConnectionBytesMax { get; set; } = 1L << 30;
}
