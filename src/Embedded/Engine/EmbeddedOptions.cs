using System.ComponentModel.DataAnnotations;

namespace Smcp.Engine;

/// <summary>The limits of the embedded engine.</summary>
public sealed class EmbeddedOptions
{
    /// <summary>How long a caller waits for the answer of a grain call. Default: 30 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "01:00:00")]
    public TimeSpan ResponseTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long an activation without calls stays in memory. Default: 60 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "1.00:00:00")]
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a grain may take to load and activate. Default: 30 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "01:00:00")]
    public TimeSpan ActivationTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long an activation that is to end may take, for its running calls and again for its deactivation; then it is
    /// abandoned. Default: 30 seconds.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "01:00:00")]
    public TimeSpan DeactivationTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long a stop waits for calls in flight, and again for activations to end. Default: 10 seconds.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")]
    public TimeSpan DrainTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Calls that may wait for one activation; one more is refused. Default: 1000.</summary>
    [Range(1, 1_000_000)]
    public int MailboxLengthMax { get; set; } = 1000;

    /// <summary>Items of a response stream that one pull may fetch, as far as they are ready. Default: 32.</summary>
    [Range(1, 1024)]
    public int ResponseBatchItemsMax { get; set; } = 32;

    /// <summary>
    /// Bells that wait for one subscriber, some 100 bytes each; beyond it the oldest is lost, and whom it was for looks
    /// at its next heartbeat. One subscriber is a whole gateway, and one change may ring for all of its streams at
    /// once. Default: 16,384.
    /// </summary>
    [Range(1, 1_048_576)]
    public int BellQueueLengthMax { get; set; } = 16_384;

    /// <summary>Reminders that are called at the same time. Default: 16.</summary>
    [Range(1, 1024)]
    public int RemindersAtOnceMax { get; set; } = 16;
}
