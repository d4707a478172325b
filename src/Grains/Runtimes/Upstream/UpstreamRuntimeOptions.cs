using System.ComponentModel.DataAnnotations;

namespace Smcp.Runtimes.Upstream;

/// <summary>The limits of conversations with servers that are not ours.</summary>
internal sealed class UpstreamRuntimeOptions
{
    /// <summary>
    /// Bytes of one message of a server: a line, an event or a body. A larger one ends what it came by. Default: 8 MiB.
    /// </summary>
    [Range(4_096, 64 << 20)]
    public int MessageBytesMax { get; set; } = 8 << 20;

    /// <summary>How deep a server's JSON may be nested. Default: 64.</summary>
    [Range(8, 64)]
    public int DepthMax { get; set; } = 64;

    /// <summary>Requests that wait for one conversation's answers at a time; more are refused. Default: 256.</summary>
    [Range(1, 65_536)]
    public int RequestsInFlightMax { get; set; } = 256;

    /// <summary>
    /// Questions that a server may have open in one conversation; more are refused. As many refusals and answers to
    /// pings wait at a time until the server takes them; more are not sent. Default: 32.
    /// </summary>
    [Range(1, 4_096)]
    public int QuestionsMax { get; set; } = 32;

    /// <summary>
    /// How long a question that belongs to no call waits for one that its client can be asked by. Default: 30 seconds.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "01:00:00")]
    public TimeSpan QuestionPatience { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How often a server that returns <c>input_required</c> is called again for a client with a session. Default: 10.
    /// </summary>
    [Range(1, 100)]
    public int InputRoundsMax { get; set; } = 10;

    /// <summary>Conversations of one running server. Default: 10000.</summary>
    [Range(1, 1_000_000)]
    public int ConversationsMax { get; set; } = 10_000;

    /// <summary>
    /// Conversations that one principal without session has with one running server, one for each set of capabilities
    /// that its clients declare. Default: 8.
    /// </summary>
    [Range(1, 1_000)]
    public int ConversationsPerPrincipalMax { get; set; } = 8;

    /// <summary>
    /// How long the conversation of callers without session stays open after their last call. Default: 5 minutes.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How long a server may take until a conversation is agreed. Default: 30 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:10:00")]
    public TimeSpan OpenTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long a server may take to say whether it knows <c>server/discover</c>; servers of old may not answer what
    /// they do not know. Default: 5 seconds.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:10:00")]
    public TimeSpan ProbeTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How long a server may take to answer what no client waits for: a subscription, a log level. Default: 10 seconds.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:10:00")]
    public TimeSpan ControlTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a server may take to answer a check. Default: 10 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:10:00")]
    public TimeSpan CheckTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How many checks in a row a server may leave unanswered until its process is ended. Default: 2.
    /// </summary>
    [Range(1, 100)]
    public int CheckMissesMax { get; set; } = 2;

    /// <summary>How long a server may leave what is sent to it unread. Default: 30 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:10:00")]
    public TimeSpan WriteTimeout { get; set; } = TimeSpan.FromSeconds(30);
}
