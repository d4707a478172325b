using Smcp.Wire;

namespace Smcp.Sessions;

/// <summary>
/// What a session keeps beside its log. The two share no transaction: any prefix of their writes is a state that
/// recovery accepts.
/// </summary>
[Wire("session-state", 1)]
internal sealed record SessionState
{
    /// <summary>Null before <c>initialize</c> was committed.</summary>
    public SessionTerms? Terms { get; init; }

    /// <summary>The session ended; what is left of it is being removed.</summary>
    public bool Ended { get; init; }

    /// <summary>Whether the client said <c>notifications/initialized</c>.</summary>
    public bool Initialized { get; init; }

    public string? LogLevel { get; init; }

    public IReadOnlyList<string> Subscriptions { get; init; } = [];

    /// <summary>When the client was last heard of; up to a tenth of the idle time-out behind.</summary>
    public DateTimeOffset LastUsedAt { get; init; }

    /// <summary>Stream ids up to this were given out.</summary>
    public long LastStreamId { get; init; }

    /// <summary>Question numbers up to this were given out.</summary>
    public long LastQuestion { get; init; }

    /// <summary>Every event of the log up to here belongs to a stream, by its entry or by a stream's ranges.</summary>
    public long SettledThrough { get; init; }

    public IReadOnlyList<StreamRow> Streams { get; init; } = [];

    /// <summary>The calls in flight that turned to SSE.</summary>
    public IReadOnlyList<CallRow> Calls { get; init; } = [];

    /// <summary>The questions of those calls that were asked and not yet answered to the server.</summary>
    public IReadOnlyList<QuestionRow> Questions { get; init; } = [];
}
