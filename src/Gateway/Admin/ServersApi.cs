using Microsoft.AspNetCore.Http;
using Smcp.Data;
using Smcp.Identity;
using Smcp.Mcp;
using Smcp.Security.Audit;
using Smcp.Servers;

namespace Smcp.Admin;

/// <summary>The servers of a tenant, and who may reach each.</summary>
internal sealed class ServersApi : IAdminResource
{
    private const string All = "/tenants/{tenant}/servers";
    private const string One = All + "/{server}";
    private const string DataQuery = "data";

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
        new("PUT", One, "deployServer", "Gives a tenant a server of the process; for operators.", DeployAsync)
        {
            Body = typeof(ServerDeployment),
            Answer = typeof(ServerDefinition),
            Action = AuditActions.ServerDeployed,
            Right = AdminRight.ToOperate(AdminAreas.Servers),
        },
        new("DELETE", One, "removeServer",
            "Ends a server that was deployed, and with data=delete what it stores; for operators, where it came with "
            + "the process.",
            RemoveAsync)
        {
            Status = StatusCodes.Status204NoContent,
            Action = AuditActions.ServerDeleted,
            Right = AdminRight.ToChange(AdminAreas.Servers),
            IsUrgent = true,
            Query = [DataQuery],
        },
        new("PUT", One + "/access", "putServerAccess", "Says who may reach a server.", exchange => OnServerAsync(
            exchange,
            server => server.SetAccessAsync(
                exchange.Context, exchange.BodyOf<ServerAccess>(), exchange.Expected, exchange.Cancellation)))
        {
            Body = typeof(ServerAccess),
            Answer = typeof(ServerDefinition),
            Action = AuditActions.ServerChanged,
            Right = AdminRight.ToChange(AdminAreas.Servers),
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

    private static async ValueTask<AdminAnswer> DeployAsync(AdminExchange exchange)
    {
        if (!ServerId.TryParse(exchange.Value("server"), null, out var server))
        {
            return AdminAnswer.Refused(new McpFault(
                FaultReason.InvalidParams, "A server's id is 1 to 63 of a-z, 0-9 and hyphen, not at an end."));
        }

        return Answer(await exchange.Of<IServerListGrain>().DeployAsync(
            exchange.Context, server, exchange.BodyOf<ServerDeployment>(), exchange.Cancellation));
    }

    private static async ValueTask<AdminAnswer> RemoveAsync(AdminExchange exchange)
    {
        if (!ServerId.TryParse(exchange.Value("server"), null, out var server))
        {
            return AdminAnswer.NotFound;
        }

        if (exchange.Query(DataQuery) is not (null or "keep" or "delete"))
        {
            return AdminAnswer.Invalid("What becomes of the server's data is keep or delete.");
        }

        var fault = await exchange.Of<IServerListGrain>()
            .RemoveAsync(exchange.Context, server, exchange.Cancellation);
        return exchange.Query(DataQuery) == "delete" && (fault is null or { Reason: FaultReason.ServerNotFound })
            ? await DeleteDataAsync(exchange, server, fault)
            : fault is null ? AdminAnswer.Done : AdminAnswer.Refused(fault);
    }

    /// <summary>Of a server that was removed before, too: its data may have been kept then, or in part.</summary>
    private static async ValueTask<AdminAnswer> DeleteDataAsync(
        AdminExchange exchange, ServerId server, McpFault? removal)
    {
        var key = new ServerKey(exchange.Tenant, server).ToString();
        var fault = await exchange.Grains.Locate<IServerDataGrain>(key)
            .DeleteAllAsync(exchange.Context, exchange.Cancellation);
        return fault switch
        {
            null => AdminAnswer.Done,
            { Reason: FaultReason.NotFound } => removal is null ? AdminAnswer.Done : AdminAnswer.Refused(removal),
            _ => AdminAnswer.Refused(fault),
        };
    }

    private static async ValueTask<AdminAnswer> OnServerAsync(
        AdminExchange exchange, Func<IServerGrain, ValueTask<ServerDescription>> act)
    {
        if (!ServerId.TryParse(exchange.Value("server"), null, out var server))
        {
            return AdminAnswer.NotFound;
        }

        var key = new ServerKey(exchange.Tenant, server).ToString();
        return Answer(await act(exchange.Grains.Locate<IServerGrain>(key)));
    }

    private static AdminAnswer Answer(ServerDescription description) =>
        description.Definition is { } definition
            ? AdminAnswer.Ok(definition, description.AccessVersion)
            : AdminAnswer.Refused(description.Fault!);
}
