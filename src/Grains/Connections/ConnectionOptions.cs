using System.ComponentModel.DataAnnotations;

namespace Smcp.Connections;

/// <summary>The limits and times of connections to servers elsewhere.</summary>
internal sealed class ConnectionOptions
{
    /// <summary>
    /// The URL where people find this installation, for the links that clients are given. Default: the first of
    /// <c>Smcp:Gateway:PublicUrls</c>, else what the gateway of this process is bound to.
    /// </summary>
    [Url]
    public string? PublicUrl { get; set; }

    /// <summary>How long an authorization server may take to answer one request. Default: 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:01:00")]
    public TimeSpan RequestTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long all requests of one step may take together. Default: 20 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:02:00")]
    public TimeSpan StepTimeout { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>The largest answer of an authorization server, in bytes. Default: 128 KiB.</summary>
    [Range(4_096, 4 * 1_024 * 1_024)]
    public int AnswerBytesMax { get; set; } = 128 * 1_024;

    /// <summary>How long somebody may take at the authorization server. Default: 10 minutes.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "01:00:00")]
    public TimeSpan AttemptLifetime { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How long before its end a token is refreshed. Default: 30 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")]
    public TimeSpan RefreshAhead { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a token is used whose end nobody said. Default: 1 hour.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "1.00:00:00")]
    public TimeSpan TokenLifetime { get; set; } = TimeSpan.FromHours(1);

    /// <summary>
    /// How long a runtime may use a token before it asks again: a connection that was ended is seen within this time.
    /// Default: 5 seconds.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:05:00")]
    public TimeSpan CacheTime { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Connections that one server may have. Default: 2000.</summary>
    [Range(1, 20_000)]
    public int ConnectionsPerServerMax { get; set; } = 2_000;
}
