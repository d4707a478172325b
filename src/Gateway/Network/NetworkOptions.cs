using System.ComponentModel.DataAnnotations;

namespace Smcp.Network;

/// <summary>What the gateway takes from the network, before it looks at a message.</summary>
internal sealed class NetworkOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Smcp:Gateway:Network";

    /// <summary>The largest body of a request, in bytes. Default: 1 MiB.</summary>
    [Range(1024, 64 * 1024 * 1024)]
    public int BodyBytesMax { get; set; } = 1024 * 1024;

    /// <summary>How long a body may take to arrive. Default: 30 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan BodyTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How many bytes a second a body must bring on average, once the grace is over. Default: 240.
    /// </summary>
    [Range(1, 1024 * 1024)]
    public int BodyBytesPerSecondMin { get; set; } = 240;

    /// <summary>For how long a body may be slower than that. Default: 5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:02", "00:05:00")]
    public TimeSpan SlowBodyGrace { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How many bytes the first line of a request may have. Default: 8 KiB.</summary>
    [Range(256, 64 * 1024)]
    public int RequestLineBytesMax { get; set; } = 8 * 1024;

    /// <summary>How many headers a request may have. Default: 64.</summary>
    [Range(16, 256)]
    public int HeadersMax { get; set; } = 64;

    /// <summary>How many bytes the headers of a request may have. Default: 32 KiB.</summary>
    [Range(4096, 1024 * 1024)]
    public int HeaderBytesMax { get; set; } = 32 * 1024;

    /// <summary>How long the headers of a request may take to arrive. Default: 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")]
    public TimeSpan HeadersTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long an idle connection is kept. Default: 130 s.</summary>
    [Range(typeof(TimeSpan), "00:00:05", "01:00:00")]
    public TimeSpan KeepAliveTimeout { get; set; } = TimeSpan.FromSeconds(130);

    /// <summary>How many connections may be open. Default: 20,000.</summary>
    [Range(1, 1_000_000)]
    public int ConnectionsMax { get; set; } = 20_000;

    /// <summary>How many requests one HTTP/2 connection may have open. Default: 100.</summary>
    [Range(1, 10_000)]
    public int StreamsPerConnectionMax { get; set; } = 100;

    /// <summary>How many bytes of one HTTP/2 request may be on their way unread. Default: 256 KiB.</summary>
    [Range(64 * 1024, 16 * 1024 * 1024)]
    public int StreamWindowBytes { get; set; } = 256 * 1024;

    /// <summary>
    /// How many bytes of all requests of one HTTP/2 connection may be on their way unread. Default: 1 MiB.
    /// </summary>
    [Range(64 * 1024, 64 * 1024 * 1024)]
    public int ConnectionWindowBytes { get; set; } = 1024 * 1024;

    /// <summary>After how much silence an HTTP/2 client is asked whether it is there. Default: 60 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan PingDelay { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>How long it may take to answer that. Default: 20 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan PingTimeout { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>How many requests may be in work, open streams among them. Default: 20,000.</summary>
    [Range(1, 1_000_000)]
    public int RequestsInFlightMax { get; set; } = 20_000;

    /// <summary>Host names that are served besides those of the bound and public URLs. Default: none.</summary>
    public IList<string> AllowedHosts { get; } = [];

    /// <summary>
    /// Origins whose pages may call, besides the gateway's own and, on loopback, loopback's. Default: none.
    /// </summary>
    public IList<string> AllowedOrigins { get; } = [];

    /// <summary>How long a browser may hold the answer to a preflight. Default: 1 h.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan PreflightMaxAge { get; set; } = TimeSpan.FromHours(1);

    /// <summary>
    /// How many refused requests of one reason, and hits of one request rule, have a log line of their own in a minute;
    /// the rest is one line with their number. Default: 10.
    /// </summary>
    [Range(0, 100_000)]
    public int RefusalsLoggedPerMinute { get; set; } = 10;
}
