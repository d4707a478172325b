using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Smcp.Identity.OAuth;
using Smcp.Identity.Users;
using Smcp.Quotas;
using Smcp.Runtimes.CSharp;
using Smcp.Runtimes.Jails;
using Smcp.Runtimes.OpenApi;
using Smcp.Runtimes.Process;
using Smcp.Runtimes.Remote;
using Smcp.Runtimes.Upstream;
using Smcp.Runtimes.Virtual;
using Smcp.Runtimes.Worker;
using Smcp.Security.Audit;
using Smcp.Servers;
using Smcp.Sessions;
using Smcp.Tenants;

namespace Smcp;

/// <summary>Every grain there is, whatever engine runs them: a new feature is added here, once.</summary>
public static class GrainsRegistration
{
    /// <param name="services">Of the process that runs them.</param>
    /// <param name="servers">Assemblies with C# servers, beside those that the configuration names.</param>
    public static IServiceCollection AddGrains(
        this IServiceCollection services, params IEnumerable<Assembly> servers) => services
        .AddAudit()
        .AddQuotas()
        .AddTenants()
        .AddUsers()
        .AddOAuth()
        .AddSessions()
        .AddServers()
        .AddUpstream()
        .AddVirtualServers()
        .AddRemoteServers()
        .AddOpenApiServers()
        .AddProcessServers()
        .AddJails()
        .AddWorkers()
        .AddCSharpServers(servers);
}
