using Microsoft.Extensions.DependencyInjection;
using Smcp.Identity;
using Smcp.Quotas;
using Smcp.ResourceServer;
using Smcp.Runtimes.CSharp;
using Smcp.Security.Audit;
using Smcp.Servers;
using Smcp.Tenants;

namespace Smcp.Tenancy;

/// <summary>The product with two tenants that both have the server <c>markers</c>.</summary>
internal sealed class TwoTenants : IAsyncDisposable
{
    public const string One = "acme";
    public const string Other = "evil";

    private TwoTenants(SecurityHost host) => Host = host;

    public SecurityHost Host { get; }

    public static async Task<TwoTenants> StartAsync(
        Action<IServiceCollection>? configure = null, params (string Key, string Value)[] settings)
    {
        var host = await SecurityHost.StartAsync(
            services =>
            {
                services.AddAudit();
                services.AddQuotas();
                services.AddCSharpServers(typeof(MarkersServer).Assembly);
                configure?.Invoke(services);
            },
            settings);
        var world = new TwoTenants(host);
        foreach (var tenant in (string[])[One, Other])
        {
            var provisioned = await host.Grains.Locate<ITenantGrain>(tenant).ProvisionAsync(
                Operator, new TenantConfiguration { Tier = "enterprise" }, default);
            Assert.Null(provisioned.Fault);
            var deployed = await host.Grains.Locate<IServerListGrain>(tenant).DeployAsync(
                Operator, ServerId.Parse("markers"), new ServerDeployment { Source = "markers" }, default);
            Assert.Null(deployed.Fault);
        }

        return world;
    }

    public static CallContext Operator { get; } =
        SecurityHost.ContextOf("user:root", "platform.*:*") with { Tenant = TenantId.Platform };

    public static CallContext AdminOf(string tenant) =>
        SecurityHost.ContextOf("user:root", "mcp.*:*", "admin.*:*") with { Tenant = TenantId.Parse(tenant) };

    public static string PathOf(string tenant) => $"/t/{tenant}/s/markers/mcp";

    public async Task ConfigureAsync(string tenant, TenantConfiguration configuration)
    {
        var configured = await Host.Grains.Locate<ITenantGrain>(tenant).ConfigureAsync(
            Operator, configuration, null, default);
        Assert.Null(configured.Fault);
    }

    /// <summary>A new API key of a tenant.</summary>
    public async Task<string> KeyAsync(string tenant, string role = "mcp-user", string scope = McpScopes.Tools)
    {
        var issued = await Host.Grains.Locate<IApiKeysGrain>(tenant).CreateAsync(
            AdminOf(tenant), new ApiKeyRequest { Name = role, Roles = [role], Scopes = [scope] }, default);
        Assert.Null(issued.Fault);
        return issued.Text!;
    }

    public McpCaller CallerOf(string tenant, string revision, string? key) =>
        McpCaller.Of(Host, revision, key, PathOf(tenant));

    public ValueTask DisposeAsync() => Host.DisposeAsync();
}
