using Smcp.Identity.OAuth;
using Smcp.Identity.Users;
using Smcp.Quotas;
using Smcp.Runtimes.CSharp;
using Smcp.Security.Audit;
using Smcp.Servers;
using Smcp.Sessions;
using Smcp.Tenants;

namespace Smcp;

/// <summary>The grains that this process runs.</summary>
internal static class StandaloneGrains
{
    public static IServiceCollection AddGrains(this IServiceCollection services) => services
        .AddAudit()
        .AddQuotas()
        .AddTenants()
        .AddUsers()
        .AddOAuth()
        .AddSessions()
        .AddServers()
        .AddCSharpServers();
}
