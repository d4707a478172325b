using Microsoft.AspNetCore.Http;
using Smcp.Identity;
using Smcp.Tenants;

namespace Smcp.Auth;

/// <summary>
/// Whether a tenant may be entered by a request that names it before anybody is known: asked at the pages and by the
/// authorization server, ahead of every grain of the tenant. Servers and the administration ask the same of their
/// callers, once these are known.
/// </summary>
internal sealed class TenantDoor(KnownTenants tenants, TenantNetworks networks)
{
    /// <summary>
    /// Asked anew each time: the grains of a tenant that was deleted a moment ago cannot answer any more.
    /// </summary>
    public async ValueTask<TenantEntrance> TryAsync(HttpContext http, TenantId tenant)
    {
        var found = await tenants.AskAsync(tenant, http.RequestAborted);
        return !found.Status.IsThere() ? TenantEntrance.Absent
            : networks.Admits(http, Caller.Anonymous(tenant), found) ? TenantEntrance.Open
            : TenantEntrance.Closed;
    }

    /// <summary>Whether there is such a tenant, wherever the request comes from.</summary>
    public async ValueTask<bool> IsThereAsync(HttpContext http, TenantId tenant) =>
        (await tenants.AskAsync(tenant, http.RequestAborted)).Status.IsThere();
}
