using Smcp.Auth;
using Smcp.Identity;
using Smcp.Security.Access;
using Smcp.Security.Audit;
using Smcp.Tenants;

namespace Smcp.Admin;

/// <summary>
/// The one check that every route of a tenant has: there is such a tenant, or what is asked for outlives it. No grain
/// of a tenant that is not there is asked: what it made would wait for whoever gets the name, and of one that was
/// deleted nothing can be read.
/// </summary>
internal sealed class AdminTenants(KnownTenants tenants, IAuditTrail trail)
{
    /// <summary>
    /// Null where the route may go on. Only operators are told that a tenant was deleted; to others it is as unknown
    /// as one that exists.
    /// </summary>
    public async ValueTask<AdminProblem?> CheckAsync(AdminExchange exchange)
    {
        if (exchange.Tenant == default)
        {
            return null;
        }

        // Anew each time: a tenant can be asked for as soon as it was provisioned, and no more once it was deleted.
        var tenant = await tenants.AskAsync(exchange.Tenant, exchange.Http.RequestAborted);
        if (tenant.Status.IsThere())
        {
            return null;
        }

        if (exchange.Context.Tenant != TenantId.Platform)
        {
            Denied(exchange);
            return AdminProblem.NoTenant;
        }

        return tenant.Status == TenantStatus.None ? AdminProblem.NoTenant
            : exchange.Route.OutlivesTenant ? null
            : AdminProblem.TenantGone;
    }

    /// <summary>As the tenant's grain would, if there were one.</summary>
    private void Denied(AdminExchange exchange) => trail.Record(
        AuditEvent.Of(
            exchange.Context,
            AuditActions.AccessDenied,
            AuditOutcome.Denied,
            $"{exchange.Route.Name}:{AdminAudit.TargetOf(exchange)}") with
        {
            Reason = AccessReasons.OtherTenant,
        });
}
