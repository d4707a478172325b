using System.ComponentModel.DataAnnotations;

namespace Smcp.Engine;

/// <summary>How long calls from grain to grain, and from a gateway to a grain, are waited for.</summary>
internal sealed class CallOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Smcp:Silo:Calls";

    /// <summary>
    /// How long a caller waits for the answer of a grain call. Server starts are waited for by such calls: it stands
    /// above <c>Smcp:Instances:StartDeadline</c> for servers that start slowly. Default: 30 seconds.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan ResponseTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long a call that certainly did not run, as the silo that it was for is gone, is sent again. Default: 10
    /// seconds.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:05:00")]
    public TimeSpan RetryPatience { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The wait before such a call is sent again. Default: 100 ms.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:00:10")]
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>
    /// How long a gateway goes on waiting for answers that may have been lost with a silo; then their outcome is
    /// unknown. Default: 5 seconds.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:10:00")]
    public TimeSpan LostAnswerGrace { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// The same for calls that are answered at once or turn to a stream, which are most: longer than
    /// <c>Smcp:Instances:AnswerWindow</c> and a slow write of the store. Default: 1.5 seconds.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:10:00")]
    public TimeSpan LostPromptAnswerGrace { get; set; } = TimeSpan.FromSeconds(1.5);

    /// <summary>
    /// How long an activation that moves or ends waits for the calls that run in it. Default: 5 seconds.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:05:00")]
    public TimeSpan EndPatience { get; set; } = TimeSpan.FromSeconds(5);
}
