using System.ComponentModel.DataAnnotations;

namespace Smcp.Sessions;

/// <summary>The limits of a session.</summary>
public sealed class SessionOptions
{
    /// <summary>How long a session lives without being used; an open stream is use. Default: 1 hour.</summary>
    [Range(typeof(TimeSpan), "00:00:10", "30.00:00:00")]
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How long a session lives at all. Default: 24 hours.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "365.00:00:00")]
    public TimeSpan AbsoluteTimeout { get; set; } = TimeSpan.FromHours(24);

    /// <summary>How long a connection counts as open after it last read. Default: 45 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan LeaseDuration { get; set; } = TimeSpan.FromSeconds(45);

    /// <summary>
    /// How often a session with open streams looks after them and asks for its calls. Default: 15 seconds.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")]
    public TimeSpan HeartbeatPeriod { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How long a completed stream can still be resumed. Default: 5 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan StreamRetention { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Bytes of the params of <c>initialize</c>, which a session keeps. Default: 64 KiB.</summary>
    [Range(1024, 1 << 24)]
    public int InitializeBytesMax { get; set; } = 64 << 10;

    /// <summary>Calls in flight at one time. Default: 64.</summary>
    [Range(1, 10_000)]
    public int CallsInFlightMax { get; set; } = 64;

    /// <summary>Questions to the client that are open at one time. Default: 64.</summary>
    [Range(1, 10_000)]
    public int QuestionsMax { get; set; } = 64;

    /// <summary>Streams for GET at one time; an unconnected one makes room for a new one. Default: 8.</summary>
    [Range(1, 1_000)]
    public int ListeningStreamsMax { get; set; } = 8;

    /// <summary>Completed streams that are kept for resuming; beyond it the oldest goes. Default: 64.</summary>
    [Range(1, 10_000)]
    public int CompletedStreamsMax { get; set; } = 64;

    /// <summary>Resources subscribed to. Default: 256.</summary>
    [Range(1, 10_000)]
    public int SubscriptionsMax { get; set; } = 256;

    /// <summary>The length of a subscribed resource's URI. Default: 2048.</summary>
    [Range(16, 65_536)]
    public int SubscriptionUriLengthMax { get; set; } = 2048;

    /// <summary>Events that the log holds; the oldest are trimmed. Default: 4096.</summary>
    [Range(8, 1_000_000)]
    public int EventsMax { get; set; } = 4096;

    /// <summary>Bytes of messages that the log holds; the oldest are trimmed. Default: 8 MiB.</summary>
    [Range(1024, 1L << 32)]
    public long EventBytesMax { get; set; } = 8 << 20;

    /// <summary>Events in one page of a stream. Default: 128.</summary>
    [Range(1, 10_000)]
    public int PageEventsMax { get; set; } = 128;

    /// <summary>Bytes of messages in one page of a stream; a larger event goes alone. Default: 256 KiB.</summary>
    [Range(1, 1 << 26)]
    public int PageBytesMax { get; set; } = 256 << 10;

    /// <summary>Newest events kept in memory while streams are open. Default: 128.</summary>
    [Range(1, 10_000)]
    public int TailEventsMax { get; set; } = 128;

    /// <summary>Bytes of the newest events kept in memory while streams are open. Default: 64 KiB.</summary>
    [Range(1, 1 << 26)]
    public int TailBytesMax { get; set; } = 64 << 10;

    /// <summary>
    /// How long a session whose server was stopped waits, before it ends, until its connections have read the answers
    /// that they wait for. Default: 2 seconds.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan LastWordPatience { get; set; } = TimeSpan.FromSeconds(2);
}
