using Microsoft.Extensions.DependencyInjection;
using Smcp.Engine;
using Smcp.Identity;
using Smcp.Quotas;
using Smcp.ResourceServer;
using Smcp.Runtimes.CSharp;
using Smcp.Security.Audit;
using Smcp.Servers;
using Smcp.Tenants;
using Smcp.Threats;

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
                // The catalog is the default tenant's; here every tenant has it.
                Removal.OfGrain<IServerGrain, IServerGrain>((_, activation) => new EveryTenantsServer(activation))
                    .Configure(services);
                configure?.Invoke(services);
            },
            settings);
        var world = new TwoTenants(host);
        foreach (var tenant in (string[])[One, Other])
        {
            var provisioned = await host.Grains.Locate<ITenantGrain>(tenant).ProvisionAsync(
                Operator, new TenantConfiguration { Tier = "enterprise" }, default);
            Assert.Null(provisioned.Fault);
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

    /// <summary>The catalog's server, for the tenant of its key and whoever is of it.</summary>
    private sealed class EveryTenantsServer(IActivationContext activation) : IServerGrain
    {
        private readonly ServerKey _key = ServerKey.Parse(activation.Key);

        public ValueTask<ServerLookup> DescribeAsync(CallContext context, CancellationToken cancellationToken) =>
            new(context.Tenant == _key.Tenant && _key.Server.ToString() == "markers"
                ? new ServerLookup
                {
                    Definition = new ServerDefinition
                    {
                        Id = _key.Server,
                        Runtime = RuntimeKind.CSharp,
                        Scope = InstanceScope.Shared,
                        Source = "markers",
                    },
                }
                : new ServerLookup { Fault = new(Mcp.FaultReason.ServerNotFound, "There is no such server.") });

        public ValueTask<Servers.ServerDescription> ReadAsync(
            CallContext context, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public ValueTask<Servers.ServerDescription> SetAccessAsync(
            CallContext context, ServerAccess access, long? expected, CancellationToken cancellationToken) =>
            throw new NotSupportedException();
    }
}
