using Smcp.Wire;

namespace Smcp.Sessions;

/// <summary>A stream of a session, as it is stored.</summary>
[Wire("session-stream-row", 1)]
internal sealed record StreamRow
{
    public required long Id { get; init; }

    /// <summary>Whether a GET opened it; otherwise it carries the answers of a POST.</summary>
    public bool IsListening { get; init; }

    /// <summary>The log's last number when it was created: nothing of it stands before.</summary>
    public long After { get; init; }

    /// <summary>Events without a stream in these ranges belong to it.</summary>
    public IReadOnlyList<SequenceRange> Assigned { get; init; } = [];

    /// <summary>Its events up to here may be gone: it cannot be read from before.</summary>
    public long TrimmedThrough { get; init; }

    /// <summary>When its last call ended.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>The connection that took it last by a GET. No other may read it.</summary>
    public StreamReader? Holder { get; init; }
}
