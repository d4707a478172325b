using Microsoft.AspNetCore.Http;
using Smcp.Identity;
using Smcp.Identity.OAuth;
using Smcp.Identity.Users;
using Smcp.Mcp;
using Smcp.Security.Audit;

namespace Smcp.Admin;

/// <summary>What a user let clients do: the user's own, and for administrators anybody's.</summary>
internal sealed class GrantsApi : IAdminResource
{
    private const string All = "/tenants/{tenant}/users/{user}/grants";
    private const string One = All + "/{grant}";

    public IEnumerable<AdminRoute> Routes =>
    [
        new("GET", All, "listUserGrants", "What a user let clients do.", ListAsync)
        {
            Answer = typeof(Paged<GrantSummary>),
            IsPaged = true,
        },
        new("DELETE", All, "revokeUserGrants", "Ends all that a user let clients do.", exchange => RevokeAsync(
            exchange, grants => grants.RevokeAllAsync(exchange.Context, exchange.Cancellation)))
        {
            Status = StatusCodes.Status204NoContent,
            Action = AuditActions.TokenRevoked,
            Right = AdminRight.ToChange(AdminAreas.Users) with { IsUsersOwn = true },
            IsUrgent = true,
        },
        new("DELETE", One, "revokeUserGrant", "Ends one grant, and every token of it.", RevokeOneAsync)
        {
            Status = StatusCodes.Status204NoContent,
            Action = AuditActions.TokenRevoked,
            Right = AdminRight.ToChange(AdminAreas.Users) with { IsUsersOwn = true },
            IsUrgent = true,
        },
    ];

    private static async ValueTask<AdminAnswer> ListAsync(AdminExchange exchange)
    {
        if (GrantsOf(exchange) is not { } grants)
        {
            return AdminAnswer.NotFound;
        }

        var page = await grants.ListAsync(exchange.Context, exchange.After, exchange.Limit, exchange.Cancellation);
        return page.Fault is { } fault
            ? AdminAnswer.Refused(fault)
            : AdminAnswer.Ok(new Paged<GrantSummary>(page.Grants, page.Next));
    }

    private static ValueTask<AdminAnswer> RevokeOneAsync(AdminExchange exchange) =>
        GrantId.TryParse(exchange.Value("grant"), null, out var grant)
            ? RevokeAsync(
                exchange, grants => grants.RevokeAsync(exchange.Context, grant, exchange.Cancellation))
            : ValueTask.FromResult(AdminAnswer.NotFound);

    private static async ValueTask<AdminAnswer> RevokeAsync(
        AdminExchange exchange, Func<IUserGrantsGrain, ValueTask<McpFault?>> revoke)
    {
        if (GrantsOf(exchange) is not { } grants)
        {
            return AdminAnswer.NotFound;
        }

        var fault = await revoke(grants);
        return fault is null ? AdminAnswer.Done : AdminAnswer.Refused(fault);
    }

    private static IUserGrantsGrain? GrantsOf(AdminExchange exchange) =>
        UserId.TryParse(exchange.Value("user"), null, out var user)
            ? exchange.Grains.Locate<IUserGrantsGrain>(new UserKey(exchange.Tenant, user).ToString())
            : null;
}
