using Smcp.Wire;

namespace Smcp.Sessions;

/// <summary>
/// A connection that reads a stream: the gateway that holds the socket (whose bell to ring) and the connection's name
/// there. One connection reads a stream at a time: a newer one ends the older.
/// </summary>
[Wire("stream-reader", 1)]
public sealed record StreamReader(string Gateway, string Connection);
