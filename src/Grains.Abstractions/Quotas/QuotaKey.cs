using Smcp.Identity;
using Smcp.Sessions;

namespace Smcp.Quotas;

/// <summary>The keys of quota grains: <c>tenant/dimension</c>, and whose it is where a tenant has many.</summary>
public static class QuotaKey
{
    public static string Requests(TenantId tenant) => $"{tenant}/requests";

    public static string Requests(TenantId tenant, PrincipalId principal) => $"{tenant}/principal/{principal}";

    public static string Requests(TenantId tenant, SessionId session) => $"{tenant}/session/{session}";

    public static string Concurrency(TenantId tenant) => $"{tenant}/concurrency";

    public static string Streams(TenantId tenant) => $"{tenant}/streams";
}
