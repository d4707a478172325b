using Microsoft.Extensions.Options;
using Smcp.Engine;
using Smcp.Identity;
using Smcp.Protocol;
using Smcp.Sessions;

namespace Smcp.Mcp.Routes;

/// <summary>Session ids to sessions: from memory, or by asking the session's grain once.</summary>
internal sealed class KnownSessions(IGrainLocator grains, IOptions<McpOptions> options)
{
    private static readonly McpFault Unknown = new(FaultReason.SessionNotFound, "There is no such session.");

    private readonly GenerationCache<(ServerRoute Route, string Id), KnownSession> _known =
        new(options.Value.SessionsKeptMax);

    /// <summary>
    /// The session of this id, or why there is none. Completes at once for a session that is remembered.
    /// </summary>
    public ValueTask<(KnownSession? Session, McpFault? Fault)> FindAsync(McpExchange exchange, string id)
    {
        if (_known.TryGet((exchange.Route, id), out var known) && known.Principal == exchange.Caller.Principal)
        {
            return new((known, null));
        }

        return SessionId.TryParse(id, null, out var session)
            ? AskAsync(exchange, id, session)
            : new((null, Unknown));
    }

    public void Add(ServerRoute route, KnownSession session) =>
        _known.Set((route, session.Key.Session.ToString()), session);

    public void Forget(ServerRoute route, KnownSession session) =>
        _known.Remove((route, session.Key.Session.ToString()));

    public KnownSession Make(ServerRoute route, SessionId id, PrincipalId principal, McpRevision revision)
    {
        var key = new SessionKey(route.Tenant, route.Server, id);
        return new KnownSession(key, principal, revision, grains.Locate<ISessionGrain>(key.ToString()));
    }

    private async ValueTask<(KnownSession? Session, McpFault? Fault)> AskAsync(
        McpExchange exchange, string id, SessionId session)
    {
        var key = new SessionKey(exchange.Route.Tenant, exchange.Route.Server, session);
        var grain = grains.Locate<ISessionGrain>(key.ToString());
        var info = await grain.DescribeAsync(exchange.Context(), CancellationToken.None);
        if (info.Fault is { } fault)
        {
            return (null, fault);
        }

        if (!McpRevision.TryParse(info.Revision, out var revision))
        {
            return (null, Unknown);
        }

        var known = new KnownSession(key, exchange.Caller.Principal, revision, grain);
        _known.Set((exchange.Route, id), known);
        return (known, null);
    }
}
