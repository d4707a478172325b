using Microsoft.AspNetCore.Http;
using Smcp.Data;
using Smcp.Identity;
using Smcp.Mcp;
using Smcp.Security.Audit;
using Smcp.Servers;

namespace Smcp.Admin;

/// <summary>
/// What a tenant's servers store: how much, under which keys, and away with it. What is in it is not shown: it is the
/// servers' and their users', and administration needs to see what takes room, not to read it.
/// </summary>
internal sealed class DataApi : IAdminResource
{
    private const string Values = "/tenants/{tenant}/servers/{server}/values";
    private const string Objects = "/tenants/{tenant}/servers/{server}/objects";

    public IEnumerable<AdminRoute> Routes =>
    [
        new("GET", "/tenants/{tenant}/storage", "readStorage", "How much a tenant's servers store, and may.", ReadAsync)
        {
            Answer = typeof(StorageUsage),
        },
        new("GET", Values, "listValues", "The keys of a server's key-value store.", ListValuesAsync)
        {
            Answer = typeof(Paged<ValueItem>),
            IsPaged = true,
            Query = ["prefix"],
        },
        new("DELETE", Values, "deleteValue", "Removes a key of a server's key-value store.", exchange => DeleteAsync(
            exchange, (data, key) => data.DeleteValueAsync(exchange.Context, key, exchange.Cancellation)))
        {
            Status = StatusCodes.Status204NoContent,
            Action = AuditActions.DataDeleted,
            Right = AdminRight.ToChange(AdminAreas.Data),
            Query = ["key"],
        },
        new("GET", Objects, "listObjects", "The objects of a server.", ListObjectsAsync)
        {
            Answer = typeof(Paged<ObjectItem>),
            IsPaged = true,
            Query = ["prefix", "delimiter"],
        },
        new("DELETE", Objects, "deleteObject", "Removes an object of a server.", exchange => DeleteAsync(
            exchange, (data, key) => data.DeleteObjectAsync(exchange.Context, key, exchange.Cancellation)))
        {
            Status = StatusCodes.Status204NoContent,
            Action = AuditActions.DataDeleted,
            Right = AdminRight.ToChange(AdminAreas.Data),
            Query = ["key"],
        },
    ];

    private static async ValueTask<AdminAnswer> ReadAsync(AdminExchange exchange)
    {
        var usage = await exchange.Of<IStorageUsageGrain>().DescribeAsync(exchange.Context, exchange.Cancellation);
        return usage.Fault is { } fault ? AdminAnswer.Refused(fault) : AdminAnswer.Ok(usage);
    }

    private static async ValueTask<AdminAnswer> ListValuesAsync(AdminExchange exchange)
    {
        if (DataOf(exchange) is not { } data)
        {
            return AdminAnswer.NotFound;
        }

        var page = await data.ListValuesAsync(
            exchange.Context,
            exchange.Query("prefix") ?? string.Empty,
            exchange.After,
            exchange.Limit,
            exchange.Cancellation);
        return page.Fault is { } fault
            ? AdminAnswer.Refused(fault)
            : AdminAnswer.Ok(new Paged<ValueItem>(
                [.. page.Items.Select(item => new ValueItem(item.Key, item.Bytes, item.ExpiresAt))], page.Next));
    }

    private static async ValueTask<AdminAnswer> ListObjectsAsync(AdminExchange exchange)
    {
        if (DataOf(exchange) is not { } data)
        {
            return AdminAnswer.NotFound;
        }

        var query = new ObjectQuery
        {
            Prefix = exchange.Query("prefix") ?? string.Empty,
            Delimiter = exchange.Query("delimiter"),
            After = exchange.After,
            CountMax = exchange.Limit,
        };
        var page = await data.ListObjectsAsync(exchange.Context, query, exchange.Cancellation);
        return page.Fault is { } fault
            ? AdminAnswer.Refused(fault)
            : AdminAnswer.Ok(new Paged<ObjectItem>(
                [
                    .. page.Items.Select(item => new ObjectItem(
                        item.Name, item.Info?.Bytes, item.Info?.ContentType, item.Info?.At)),
                ],
                page.Next));
    }

    /// <summary>The key stands in the query, since it may hold any character, slashes too.</summary>
    private static async ValueTask<AdminAnswer> DeleteAsync(
        AdminExchange exchange, Func<IServerDataGrain, string, ValueTask<McpFault?>> delete)
    {
        if (DataOf(exchange) is not { } data)
        {
            return AdminAnswer.NotFound;
        }

        if (exchange.Query("key") is not { } key)
        {
            return AdminAnswer.Invalid("The query names no key.");
        }

        return await delete(data, key) is { } fault ? AdminAnswer.Refused(fault) : AdminAnswer.Done;
    }

    private static IServerDataGrain? DataOf(AdminExchange exchange) =>
        ServerId.TryParse(exchange.Value("server"), null, out var server)
            ? exchange.Grains.Locate<IServerDataGrain>(new ServerKey(exchange.Tenant, server).ToString())
            : null;
}
