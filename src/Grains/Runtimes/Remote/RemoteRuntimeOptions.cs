using System.ComponentModel.DataAnnotations;

namespace Smcp.Runtimes.Remote;

/// <summary>How servers elsewhere are asked, and when no more.</summary>
internal sealed class RemoteRuntimeOptions
{
    /// <summary>
    /// Whether a server elsewhere is asked over https only; http carries its secrets in clear. Default: true.
    /// </summary>
    public bool RequireTls { get; set; } = true;

    /// <summary>
    /// How long a server may take to begin its answer to a request that changes nothing: <c>initialize</c>,
    /// <c>server/discover</c>, lists. Others have their call's deadline. Default: 30 seconds.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:10:00")]
    public TimeSpan AnswerTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How often a request is tried again that did not leave, or that changes nothing and failed. Default: 2.
    /// </summary>
    [Range(0, 10)]
    public int RetriesMax { get; set; } = 2;

    /// <summary>The wait before the first of these, about doubled each time. Default: 200 ms.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:01:00")]
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Which share of a server's requests must fail until it is asked no more. Default: 0.5.</summary>
    [Range(0.01, 1.0)]
    public double BreakRatio { get; set; } = 0.5;

    /// <summary>How many requests there must have been for that. Default: 8.</summary>
    [Range(2, 10_000)]
    public int BreakRequestsMin { get; set; } = 8;

    /// <summary>Over what time that is counted. Default: 30 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.500", "01:00:00")]
    public TimeSpan BreakWindow { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long it is asked no more, before one request tries. Default: 15 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.500", "01:00:00")]
    public TimeSpan BreakTime { get; set; } = TimeSpan.FromSeconds(15);
}
