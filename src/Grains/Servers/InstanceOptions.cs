using System.ComponentModel.DataAnnotations;

namespace Smcp.Servers;

/// <summary>The limits of a running server.</summary>
internal sealed class InstanceOptions
{
    /// <summary>How long a request waits for its answer before it turns to a stream. Default: 250 ms.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:00:10")]
    public TimeSpan AnswerWindow { get; set; } = TimeSpan.FromMilliseconds(250);

    /// <summary>
    /// How exactly the answer window is kept: one timer serves all calls of an instance. Default: 50 ms.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.005", "00:00:01")]
    public TimeSpan SweepInterval { get; set; } = TimeSpan.FromMilliseconds(50);

    /// <summary>How long a call may run before it fails, its time parked not counted. Default: 10 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan CallDeadline { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How long a server may take to start. Default: 30 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:10:00")]
    public TimeSpan StartDeadline { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How many calls may run in one instance at a time. Default: 4096.</summary>
    [Range(1, 1_000_000)]
    public int CallsInFlightMax { get; set; } = 4096;

    /// <summary>
    /// How many calls one session, or one principal without session, may have running in it. Default: 256.
    /// </summary>
    [Range(1, 1_000_000)]
    public int CallsPerCallerMax { get; set; } = 256;

    /// <summary>How many sessions one instance serves. Default: 100000.</summary>
    [Range(1, 10_000_000)]
    public int PeersMax { get; set; } = 100_000;

    /// <summary>
    /// How long a server's access policy is held: how long a change of it may take to be felt. Default: 2 seconds.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan PolicyLifetime { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// How often an instance of a version tells its server's grain how it is, and asks whether it still serves; one
    /// that came with the process a sixth as often. What is revoked or stopped ends at once: this is how long it may
    /// still run where it could not be told. Default: 5 seconds.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:05:00")]
    public TimeSpan VersionWatchPeriod { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How long an instance stays in memory for its open sessions after the last call of any, and with it what its
    /// server holds only there. Default: 15 minutes.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan PeersKeptAlive { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>
    /// How many frames of a call wait for a slow reader before its server must wait too. Default: 256.
    /// </summary>
    [Range(1, 65_536)]
    public int OutboxFramesMax { get; set; } = 256;

    /// <summary>
    /// Bytes of one answer, or of anything else that a server sends: over it the call fails. A session stores what it
    /// is sent, so this stands well below what one write to the store may hold. Default: 4 MiB.
    /// </summary>
    [Range(1024, 4 << 20)]
    public int FrameBytesMax { get; set; } = 4 << 20;

    /// <summary>How many frames one delivery to a session carries at most. Default: 64.</summary>
    [Range(1, 4096)]
    public int DeliveryFramesMax { get; set; } = 64;

    /// <summary>How often a delivery that failed is tried before the session counts as gone. Default: 5.</summary>
    [Range(1, 100)]
    public int DeliveryAttemptsMax { get; set; } = 5;

    /// <summary>The wait before a delivery is tried again, times the attempts made. Default: 100 ms.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:01:00")]
    public TimeSpan DeliveryRetryDelay { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>
    /// How long a stopping process lets calls run before they are answered by an error, and again how long those
    /// answers may take to arrive. Default: 5 seconds.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")]
    public TimeSpan DrainTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How long a call without session waits for somebody to follow it before it is cancelled. Default: 10 seconds.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:10:00")]
    public TimeSpan FollowDeadline { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How many questions of one call may wait for an answer at a time. Default: 16.</summary>
    [Range(1, 1024)]
    public int QuestionsPerCallMax { get; set; } = 16;

    /// <summary>
    /// How long questions of a call without session are collected before they go out as one <c>input_required</c>.
    /// Default: 20 ms.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:00:05")]
    public TimeSpan QuestionWindow { get; set; } = TimeSpan.FromMilliseconds(20);

    /// <summary>
    /// How long a client may take to come back with its answers: the life of a <c>requestState</c>. Default: 10
    /// minutes.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan ParkedLifetime { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How many calls may stand parked in one instance. Default: 1024.</summary>
    [Range(1, 1_000_000)]
    public int ParkedCallsMax { get; set; } = 1024;

    /// <summary>How many calls of one principal may stand parked in one instance. Default: 64.</summary>
    [Range(1, 1_000_000)]
    public int ParkedCallsPerPrincipalMax { get; set; } = 64;

    /// <summary>How large a state that a tool gives its client to hold may be, in bytes. Default: 64 KiB.</summary>
    [Range(256, 1_048_576)]
    public int RequestStateBytesMax { get; set; } = 65_536;

    /// <summary>How many used states are remembered until they expire; more are refused. Default: 100000.</summary>
    [Range(1, 10_000_000)]
    public int ConsumedStatesMax { get; set; } = 100_000;

    /// <summary>How many clients without session may listen to one instance. Default: 10000.</summary>
    [Range(1, 1_000_000)]
    public int ListenersMax { get; set; } = 10_000;

    /// <summary>How many listeners one principal may have on an instance. Default: 64.</summary>
    [Range(1, 1_000_000)]
    public int ListenersPerPrincipalMax { get; set; } = 64;

    /// <summary>How many resources, and how many tasks, one listener may name. Default: 1024.</summary>
    [Range(1, 100_000)]
    public int SubscriptionsPerListenerMax { get; set; } = 1024;

    /// <summary>The length of a resource's URI, or a task's id, that a listener names. Default: 2048.</summary>
    [Range(16, 65_536)]
    public int SubscriptionUriLengthMax { get; set; } = 2048;

    /// <summary>
    /// How many notifications wait for one slow listener or session before it is cut off or loses them; of those that
    /// only say that something changed one of each waits, and none is lost. Default: 256.
    /// </summary>
    [Range(1, 65_536)]
    public int NotificationsMax { get; set; } = 256;
}
