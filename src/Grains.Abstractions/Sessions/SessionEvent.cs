using Smcp.Wire;

namespace Smcp.Sessions;

/// <summary>One event of a session's log: its number, and the JSON-RPC message, raw and complete.</summary>
[Wire("session-event", 1)]
public sealed record SessionEvent(long Sequence, ReadOnlyMemory<byte> Message);
