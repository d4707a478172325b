using Smcp.Mcp;
using Smcp.Wire;

namespace Smcp.Sessions;

/// <summary>What a read of a stream returns.</summary>
[Wire("stream-page", 1)]
public sealed record StreamPage
{
    /// <summary>
    /// The events after the position asked for, in order; bounded, so read again while <see cref="More"/>.
    /// </summary>
    public IReadOnlyList<SessionEvent> Events { get; init; } = [];

    /// <summary>Whether more stand in the log now.</summary>
    public bool More { get; init; }

    /// <summary>
    /// Whether nothing will follow <see cref="Events"/>: the stream's answer is among them or before them.
    /// </summary>
    public bool Ended { get; init; }

    /// <summary>
    /// Whether this connection must close: a newer one took the stream, the session ended, or the server asked its
    /// client to poll. The stream itself may go on.
    /// </summary>
    public bool Close { get; init; }

    /// <summary>Set when the stream cannot be read: session gone, stream unknown, events trimmed.</summary>
    public McpFault? Fault { get; init; }
}
