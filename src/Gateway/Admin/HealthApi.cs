using System.Globalization;
using Smcp.Identity;
using Smcp.Security.Audit;
using Smcp.Servers;
using Smcp.Servers.Health;

namespace Smcp.Admin;

/// <summary>How a tenant's servers are, and to stop one at once.</summary>
internal sealed class HealthApi : IAdminResource
{
    private const string One = "/tenants/{tenant}/servers/{server}";
    private const string BeforeQuery = "before";

    public IEnumerable<AdminRoute> Routes =>
    [
        new("GET", One + "/status", "readServerStatus",
            "How a server is and why: in one word, in a sentence, and by instance.",
            exchange => OnServerAsync(
                exchange, server => server.ReadStatusAsync(exchange.Context, exchange.Cancellation)))
        {
            Answer = typeof(ServerStatus),
        },
        new("GET", One + "/logs", "readServerLogs",
            "What a server's processes wrote to their standard error, the newest last: the last of it, or what is "
            + "before a number or after one. Its secrets are masked; it is kept in memory only.",
            ReadLogAsync)
        {
            Answer = typeof(Paged<ServerLogLine>),
            IsPaged = true,
            Query = [BeforeQuery],
        },
        new("POST", One + "/stop", "stopServer",
            "Stops a server at once, with its processes and sessions, until it is started; whoever calls it is told "
            + "why. What an operator stopped, only an operator starts.",
            exchange => OnServerAsync(exchange, server => server.StopAsync(
                exchange.Context, exchange.BodyOf<ServerStop>(), exchange.Cancellation)))
        {
            Body = typeof(ServerStop),
            Answer = typeof(ServerStatus),
            Action = AuditActions.ServerStopped,
            Right = AdminRight.ToChange(AdminAreas.Servers),
            IsUrgent = true,
        },
        new("POST", One + "/start", "startServer",
            "Lets a server serve again that was stopped, or put into quarantine.",
            exchange => OnServerAsync(
                exchange, server => server.StartAsync(exchange.Context, exchange.Cancellation)))
        {
            Answer = typeof(ServerStatus),
            Action = AuditActions.ServerStarted,
            Right = AdminRight.ToChange(AdminAreas.Servers),
        },
    ];

    private static async ValueTask<AdminAnswer> ReadLogAsync(AdminExchange exchange)
    {
        if (!ServerId.TryParse(exchange.Value("server"), null, out var server))
        {
            return AdminAnswer.NotFound;
        }

        var (after, before) = (NumberOf(exchange.After), NumberOf(exchange.Query(BeforeQuery)));
        if ((after is null && exchange.After is not null)
            || (before is null && exchange.Query(BeforeQuery) is not null))
        {
            return AdminAnswer.Invalid("Lines are before or after the number of one.");
        }

        var page = await exchange.Grains.Locate<IServerLogGrain>(new ServerKey(exchange.Tenant, server).ToString())
            .ReadAsync(exchange.Context, after, before, exchange.Limit, exchange.Cancellation);
        return page.Fault is { } fault
            ? AdminAnswer.Refused(fault)
            : AdminAnswer.Ok(new Paged<ServerLogLine>(page.Lines, page.Next));
    }

    private static long? NumberOf(string? text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static async ValueTask<AdminAnswer> OnServerAsync(
        AdminExchange exchange, Func<IServerGrain, ValueTask<ServerStatus>> act)
    {
        if (!ServerId.TryParse(exchange.Value("server"), null, out var server))
        {
            return AdminAnswer.NotFound;
        }

        var key = new ServerKey(exchange.Tenant, server).ToString();
        var status = await act(exchange.Grains.Locate<IServerGrain>(key));
        return status.Fault is { } fault ? AdminAnswer.Refused(fault) : AdminAnswer.Ok(status);
    }
}
