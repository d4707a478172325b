using System.Text.Json;
using Smcp.Mcp;
using Smcp.Wire;

namespace Smcp.Sessions;

/// <summary>
/// One record of a session's log: an event, the stream it belongs to, and what recovery must know of it.
/// </summary>
[Wire("session-log-entry", 2)]
internal sealed record LogEntry
{
    /// <summary>
    /// The stream, or 0: the event was appended while no stream for it was open, and goes to the next GET.
    /// </summary>
    public long StreamId { get; init; }

    /// <summary>The call whose answer this is. Recovery takes that call for done.</summary>
    public CallId? Answers { get; init; }

    /// <summary>The call whose frame this was, where frames are numbered.</summary>
    public CallId? Call { get; init; }

    /// <summary>The frame's number in its call. Recovery does not take it again.</summary>
    public long Frame { get; init; }

    /// <summary>The number of the question that this asks. Recovery does not ask it again.</summary>
    public long Asks { get; init; }

    /// <summary>
    /// How many bytes of messages were ever appended before this one: two records tell what lies between them.
    /// </summary>
    public long BytesBefore { get; init; }

    /// <summary>The JSON-RPC message as the client gets it.</summary>
    public required ReadOnlyMemory<byte> Message { get; init; }

    public static LogEntry Read(ReadOnlyMemory<byte> payload) =>
        JsonSerializer.Deserialize<LogEntry>(payload.Span, WireJson.Options)
        ?? throw new JsonException("A session's log holds a null.");

    public ReadOnlyMemory<byte> Write() => JsonSerializer.SerializeToUtf8Bytes(this, WireJson.Options);
}
