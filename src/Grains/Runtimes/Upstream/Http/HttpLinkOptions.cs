using System.ComponentModel.DataAnnotations;

namespace Smcp.Runtimes.Upstream.Http;

/// <summary>The limits of conversations by Streamable HTTP.</summary>
internal sealed class HttpLinkOptions
{
    /// <summary>How often in a row a stream that broke off is taken up again in vain. Default: 8.</summary>
    [Range(0, 1_000)]
    public int ResumeAttemptsMax { get; set; } = 8;

    /// <summary>How long to wait before that where the server says nothing of it. Default: 1 second.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:10:00")]
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest such wait, whatever the server says. Default: 1 minute.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "01:00:00")]
    public TimeSpan RetryDelayMax { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Bytes of the body that refuses a request. Default: 64 KiB.</summary>
    [Range(1_024, 4 << 20)]
    public int ErrorBytesMax { get; set; } = 64 << 10;

    /// <summary>
    /// Pages of a server's tools that are read to learn which arguments it wants as headers. Default: 20.
    /// </summary>
    [Range(1, 1_000)]
    public int ToolPagesMax { get; set; } = 20;
}
