using Microsoft.AspNetCore.Http;
using Smcp.Identity;
using Smcp.Security.Audit;
using Smcp.Tenants;

namespace Smcp.Admin;

/// <summary>The roles of a tenant: those that every tenant has, and its own. Their version is the tenant's.</summary>
internal sealed class RolesApi : IAdminResource
{
    private const string All = "/tenants/{tenant}/roles";
    private const string One = All + "/{role}";

    public IEnumerable<AdminRoute> Routes =>
    [
        new("GET", All, "listRoles", "The roles of a tenant.", ListAsync) { Answer = typeof(Paged<RoleDefinition>) },
        new("GET", One, "readRole", "A role.", ReadAsync) { Answer = typeof(RoleDefinition) },
        new("PUT", One, "putRole", "Makes or replaces a role of the tenant's own.", PutAsync)
        {
            Body = typeof(RoleText),
            Answer = typeof(RoleDefinition),
            Action = AuditActions.RoleChanged,
            Right = AdminRight.ToChange(AdminAreas.Roles),
        },
        new("DELETE", One, "deleteRole", "Removes a role of the tenant's own.", DeleteAsync)
        {
            Status = StatusCodes.Status204NoContent,
            Action = AuditActions.RoleDeleted,
            Right = AdminRight.ToChange(AdminAreas.Roles),
            IsUrgent = true,
        },
    ];

    private static async ValueTask<AdminAnswer> ListAsync(AdminExchange exchange)
    {
        var outcome = await exchange.Of<ITenantGrain>().ReadRolesAsync(exchange.Context, exchange.Cancellation);
        return outcome.Tenant is { } tenant
            ? AdminAnswer.Ok(new Paged<RoleDefinition>([.. RolesOf(tenant)], null), tenant.Version)
            : AdminAnswer.Refused(outcome.Fault!);
    }

    private static async ValueTask<AdminAnswer> ReadAsync(AdminExchange exchange) =>
        Answer(exchange, await exchange.Of<ITenantGrain>().ReadRolesAsync(exchange.Context, exchange.Cancellation));

    private static async ValueTask<AdminAnswer> PutAsync(AdminExchange exchange)
    {
        var asked = exchange.BodyOf<RoleText>();
        var role = new RoleDefinition
        {
            Name = exchange.Value("role"),
            Permissions = asked.Permissions,
            Description = asked.Description,
        };
        return Answer(exchange, await exchange.Of<ITenantGrain>().PutRoleAsync(
            exchange.Context, role, exchange.Expected, exchange.Cancellation));
    }

    private static async ValueTask<AdminAnswer> DeleteAsync(AdminExchange exchange)
    {
        var outcome = await exchange.Of<ITenantGrain>().DeleteRoleAsync(
            exchange.Context, exchange.Value("role"), exchange.Expected, exchange.Cancellation);
        return outcome.Fault is { } fault ? AdminAnswer.Refused(fault) : AdminAnswer.Done;
    }

    private static AdminAnswer Answer(AdminExchange exchange, TenantOutcome outcome) =>
        outcome.Tenant is not { } tenant ? AdminAnswer.Refused(outcome.Fault!)
        : RolesOf(tenant).FirstOrDefault(role => role.Name == exchange.Value("role")) is { } role
            ? AdminAnswer.Ok(role, tenant.Version)
            : AdminAnswer.NotFound;

    private static IEnumerable<RoleDefinition> RolesOf(TenantRecord tenant) =>
        BuiltInRoles.All
            .Concat(tenant.Id == TenantId.Platform ? [BuiltInRoles.Operator] : [])
            .Concat(tenant.Configuration.Roles);
}
