using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Smcp.Engine;
using Smcp.Identity;
using Smcp.Quotas;
using Smcp.Security.Audit;
using Smcp.Security.Encryption;
using Smcp.Security.Encryption.Upkeep;
using Smcp.Servers;
using Smcp.Tenants;

namespace Smcp.Admin;

/// <summary>The product with one server, and keys for whoever a test needs.</summary>
internal sealed class AdminSite : IAsyncDisposable
{
    private AdminSite(SecurityHost host) => Host = host;

    public SecurityHost Host { get; }

    /// <summary>The key that the operators begin with.</summary>
    public string Operator { get; private set; } = string.Empty;

    public AdminRoutes Routes => Host.Services.GetRequiredService<AdminRoutes>();

    public static async Task<AdminSite> StartAsync(
        Action<IServiceCollection>? configure = null, params (string Key, string Value)[] settings)
    {
        void Configure(IServiceCollection services)
        {
            services.AddAudit();
            services.AddQuotas();
            services.AddSingleton<IServerCatalog>(new OneServer());
            services.AddGrain<IEncryptionGrain, EncryptionGrain>();
            services.AddSingleton(new GrainRegistration(typeof(IKeyGrain), (_, _) => new NotedKeyGrain()));
            configure?.Invoke(services);
        }

        var host = await SecurityHost.StartAsync(Configure, settings);
        var issued = await host.Grains.Locate<IApiKeysGrain>("platform").IssueOperatorKeyAsync(false, default);
        return new AdminSite(host) { Operator = issued.Text! };
    }

    public async Task ProvisionAsync(string tenant) =>
        Assert.Null((await Host.Grains.Locate<ITenantGrain>(tenant).ProvisionAsync(
            ContextOf("platform", "platform.*:*"), new TenantConfiguration(), default)).Fault);

    /// <summary>A key of a tenant with this role, for its administration.</summary>
    public async Task<(string Text, string Id)> KeyAsync(string tenant, string role)
    {
        var issued = await Host.Grains.Locate<IApiKeysGrain>(tenant).CreateAsync(
            ContextOf(tenant, "mcp.*:*", "admin.*:*"),
            new ApiKeyRequest { Name = role, Scopes = [McpScopes.Admin], Roles = [role] },
            default);
        Assert.Null(issued.Fault);
        return (issued.Text!, issued.Info!.KeyId);
    }

    public Task<HttpResponseMessage> SendAsync(
        string method, string path, string? key, object? body = null, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(new HttpMethod(method), AdminRoutes.Prefix + path);
        if (key is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        }

        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        if (body is not null)
        {
            request.Content = body is string text
                ? new StringContent(text, Encoding.UTF8, "application/json")
                : JsonContent.Create(body);
        }

        return Host.Client.SendAsync(request);
    }

    public static async Task<JsonObject> JsonOfAsync(HttpResponseMessage response) =>
        JsonNode.Parse(await response.Content.ReadAsStringAsync())!.AsObject();

    public static CallContext ContextOf(string tenant, params string[] permissions) =>
        SecurityHost.ContextOf("user:root", permissions) with { Tenant = TenantId.Parse(tenant) };

    public ValueTask DisposeAsync() => Host.DisposeAsync();

    private sealed class OneServer : IServerCatalog
    {
        public IReadOnlyCollection<ServerDefinition> Servers { get; } =
        [
            new()
            {
                Id = ServerId.Parse("notes"),
                Runtime = RuntimeKind.CSharp,
                Scope = InstanceScope.Shared,
                Source = "notes",
            },
        ];

        public ServerDefinition? Find(ServerId server) => Servers.FirstOrDefault(known => known.Id == server);
    }
}
