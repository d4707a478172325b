using Microsoft.AspNetCore.Http;
using Smcp.Connections;
using Smcp.Identity;
using Smcp.Security.Audit;
using Smcp.Servers;

namespace Smcp.Admin;

/// <summary>
/// The accounts elsewhere that a server acts in: the users', and its own (<c>-</c>). No route returns a token.
/// </summary>
internal sealed class ConnectionsApi : IAdminResource
{
    private const string All = "/tenants/{tenant}/servers/{server}/connections";
    private const string One = All + "/{owner}";

    public IEnumerable<AdminRoute> Routes =>
    [
        new("GET", All, "listConnections", "The accounts elsewhere that a server acts in, without tokens.", ListAsync)
        {
            Answer = typeof(Paged<ConnectionStanding>),
            IsPaged = true,
        },
        new("DELETE", One, "deleteConnection", "Ends a connection: a user's, or the server's own (-).", DeleteAsync)
        {
            Status = StatusCodes.Status204NoContent,
            Action = AuditActions.ConnectionEnded,
            Right = AdminRight.ToChange(AdminAreas.Secrets),
            IsUrgent = true,
        },
    ];

    private static async ValueTask<AdminAnswer> ListAsync(AdminExchange exchange)
    {
        if (!ServerId.TryParse(exchange.Value("server"), null, out var server))
        {
            return AdminAnswer.NotFound;
        }

        var page = await exchange.Grains
            .Locate<IConnectionsGrain>(new ServerKey(exchange.Tenant, server).ToString())
            .ListAsync(exchange.Context, exchange.After, exchange.Limit, exchange.Cancellation);
        return page.Fault is { } fault
            ? AdminAnswer.Refused(fault)
            : AdminAnswer.Ok(new Paged<ConnectionStanding>(page.Connections, page.Next));
    }

    private static async ValueTask<AdminAnswer> DeleteAsync(AdminExchange exchange)
    {
        if (!ServerId.TryParse(exchange.Value("server"), null, out var server)
            || !PrincipalId.TryParse(exchange.Value("owner"), null, out var owner))
        {
            return AdminAnswer.NotFound;
        }

        var key = ConnectionKey.Of(exchange.Tenant, server, owner.ToString());
        var fault = await exchange.Grains.Locate<IConnectionGrain>(key.ToString())
            .DisconnectAsync(exchange.Context, exchange.Cancellation);
        return fault is null ? AdminAnswer.Done : AdminAnswer.Refused(fault);
    }
}
