using Smcp.Security.Audit;
using Smcp.Servers;

namespace Smcp.Admin;

/// <summary>The servers of a tenant, and who may reach each.</summary>
internal sealed class ServersApi : IAdminResource
{
    private const string All = "/tenants/{tenant}/servers";
    private const string One = All + "/{server}";

    public IEnumerable<AdminRoute> Routes =>
    [
        new("GET", All, "listServers", "The servers of a tenant.", ListAsync)
        {
            Answer = typeof(Paged<ServerDefinition>),
            IsPaged = true,
        },
        new("GET", One, "readServer", "A server. Its version is that of its access policy.", exchange => OnServerAsync(
            exchange, server => server.ReadAsync(exchange.Context, exchange.Cancellation)))
        {
            Answer = typeof(ServerDefinition),
        },
        new("PUT", One + "/access", "putServerAccess", "Says who may reach a server.", exchange => OnServerAsync(
            exchange,
            server => server.SetAccessAsync(
                exchange.Context, exchange.BodyOf<ServerAccess>(), exchange.Expected, exchange.Cancellation)))
        {
            Body = typeof(ServerAccess),
            Answer = typeof(ServerDefinition),
            Action = AuditActions.ServerChanged,
            NeedsVersion = true,
        },
    ];

    private static async ValueTask<AdminAnswer> ListAsync(AdminExchange exchange)
    {
        var page = await exchange.Of<IServerListGrain>()
            .ListAsync(exchange.Context, exchange.After, exchange.Limit, exchange.Cancellation);
        return page.Fault is { } fault
            ? AdminAnswer.Refused(fault)
            : AdminAnswer.Ok(new Paged<ServerDefinition>(
                [.. page.Servers.Select(server => server.Definition!)], page.Next));
    }

    private static async ValueTask<AdminAnswer> OnServerAsync(
        AdminExchange exchange, Func<IServerGrain, ValueTask<ServerDescription>> act)
    {
        if (!ServerId.TryParse(exchange.Value("server"), null, out var server))
        {
            return AdminAnswer.NotFound;
        }

        var key = new ServerKey(exchange.Tenant, server).ToString();
        var description = await act(exchange.Grains.Locate<IServerGrain>(key));
        return description.Definition is { } definition
            ? AdminAnswer.Ok(definition, description.AccessVersion)
            : AdminAnswer.Refused(description.Fault!);
    }
}
