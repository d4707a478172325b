using Smcp.Wire;

namespace Smcp.Mcp;

/// <summary>
/// Where the rest of an answer is read: with a session, a stream of its log (<c>ISessionGrain.ReadStreamAsync</c>);
/// without one, the call itself (<c>IInstanceGrain.FollowAsync</c>), and then <see cref="StreamId"/> is 0.
/// </summary>
[Wire("stream-ticket", 1)]
public sealed record StreamTicket(CallId Call, long StreamId);
