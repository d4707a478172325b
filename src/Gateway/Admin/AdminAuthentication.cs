using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Smcp.Auth;
using Smcp.Identity;
using Smcp.Network.Forwarding;
using Smcp.Quotas;
using Smcp.Tenants;

namespace Smcp.Admin;

/// <summary>
/// Station 3 of the API: an API key, or an access token for it. Nobody is anonymous here, and who calls says whose
/// tenant's rules hold; what they may do, the grains say.
/// </summary>
internal sealed class AdminAuthentication(
    KnownCallers callers,
    KnownTenants tenants,
    TenantNetworks networks,
    AuthAudit audit,
    AddressLimits addresses,
    AdminQuotas quotas,
    CanonicalUrls urls,
    IOptions<AuthOptions> options)
{
    private const string Absent = "absent";

    private static readonly AdminProblem Suspended = new(
        StatusCodes.Status403Forbidden, "suspended", "The tenant is suspended.");

    private static readonly AdminProblem NotFromHere = new(
        StatusCodes.Status403Forbidden, "network", "The tenant may not be reached from this address.");

    public async ValueTask<(Caller? Caller, AdminProblem? Problem)> AuthenticateAsync(HttpContext http)
    {
        var credential = BearerCredential.Of(http.Request, options.Value.CredentialLengthMax);
        if (string.IsNullOrEmpty(credential))
        {
            return (null, Unauthenticated(http, credential is null ? Absent : "malformed"));
        }

        var use = new CredentialUse(urls.AdminResource, Tenant: null);
        var (caller, refused) = await callers.FindAsync(http, credential, use);
        if (caller is null)
        {
            return (null, Unauthenticated(http, refused?.Cause ?? "unknown"));
        }

        // Anew each time: a credential is remembered longer than its tenant may be there.
        var tenant = await tenants.AskAsync(caller.Tenant, http.RequestAborted);
        return tenant.Status switch
        {
            TenantStatus.Active when networks.Admits(http, caller, tenant) =>
                await quotas.SpendAsync(caller, tenant.Quotas) is { } over ? (null, over) : (caller, null),
            TenantStatus.Active => (null, NotFromHere),
            TenantStatus.Suspended => (null, Suspended),
            _ => (null, Unauthenticated(http, "no-tenant")),
        };
    }

    private AdminProblem Unauthenticated(HttpContext http, string cause)
    {
        audit.Refused(http, TenantId.Platform, TenantStatus.Active, "api", cause);
        // Who shows nothing asks where to log in; who shows something that is refused may be guessing.
        if (cause != Absent)
        {
            addresses.ChargeFailure(ClientAddress.Of(http).Address);
        }

        return new(StatusCodes.Status401Unauthorized, "invalid-credential", "A valid credential is needed.")
        {
            Challenge = cause == Absent
                ? Challenge.AbsentAdmin(urls.AdminMetadata)
                : Challenge.InvalidAdmin(urls.AdminMetadata),
        };
    }
}
