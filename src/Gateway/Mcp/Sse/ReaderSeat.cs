using StreamReader = Smcp.Sessions.StreamReader;

namespace Smcp.Mcp.Sse;

/// <summary>A connection's place at the desk: who it is to sessions, and the bell that wakes it.</summary>
internal sealed record ReaderSeat(StreamReader Reader, Wakeup Bell);
