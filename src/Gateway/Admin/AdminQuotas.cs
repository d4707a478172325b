using Microsoft.AspNetCore.Http;
using Smcp.Auth;
using Smcp.Quotas;
using Smcp.Tenants;

namespace Smcp.Admin;

/// <summary>
/// The caller's own quota: what it asks here and what it asks of servers are of one bucket. Its tenant's is not asked,
/// or whoever used that up would keep an administrator from stopping it.
/// </summary>
internal sealed class AdminQuotas(KnownQuotas known, QuotaMeter meter)
{
    /// <summary>Null admits.</summary>
    public async ValueTask<AdminProblem?> SpendAsync(Caller caller, TenantQuotas quotas)
    {
        if (quotas.PrincipalRequestsPerMinute is not { } perMinute
            || await known.Requests(caller.Tenant, caller.Principal).SpendAsync(perMinute, 1) is not { } wait)
        {
            return null;
        }

        var limit = RateLimitPolicy.PerMinute("principal", perMinute);
        meter.Refused(limit.Name);
        return new AdminProblem(
            StatusCodes.Status429TooManyRequests, "limit-exceeded", $"Over the {limit.Name} limit.")
        {
            RetryAfter = wait,
            Limit = limit,
        };
    }
}
