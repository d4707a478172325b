using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Smcp.Admin;
using Smcp.Auth;
using Smcp.Engine;
using Smcp.Identity;
using Smcp.Quotas;
using Smcp.Security.Audit;
using Smcp.Storage;
using Smcp.Tenancy;
using Smcp.Tenants;
using Smcp.TestSupport;

namespace Smcp.Threats;

/// <summary>The threats of the group Tenancy.</summary>
internal static class TenancyThreats
{
    public static IReadOnlyList<Threat> All { get; } =
    [
        new("reading another tenant", "AccessRules.Administer in TenantGrain", Everybody<ITenantGrain>(Operator),
            removal => ReachAsync(removal, "GET", "/tenants/acme/configuration")),
        new("changing another tenant", "AccessRules.Administer in AdminGate and TenantGrain", Ungated(),
            removal => ReachAsync(removal, "PATCH", "/tenants/acme/configuration", new { displayName = "Mine" })),
        new("suspending another tenant", "AccessRules.Operate in AdminGate and TenantGrain", Ungated(),
            removal => ReachAsync(removal, "POST", "/tenants/acme/suspend")),
        new("listing another tenant's keys", "AccessRules.Administer in ApiKeysGrain",
            Everybody<IApiKeysGrain>(Operator), removal => ReachAsync(removal, "GET", "/tenants/acme/keys")),
        new("reading another tenant's audit log", "AccessRules.Administer in AuditGrain",
            Everybody<IAuditGrain>(Operator), removal => ReachAsync(removal, "GET", "/tenants/acme/audit")),
        new("giving a key more than one may do", "AccessRules.MayGive in ApiKeysGrain",
            Everybody<IApiKeysGrain>(Operator), GiveMoreAsync),
        new("a key at another tenant's route", "the record of an API key says whose it is",
            Removal.OfService<ICredentialScheme>(provider => new RouteScheme(
                new ApiKeyScheme(
                    provider.GetRequiredService<IGrainLocator>(), provider.GetRequiredService<KnownTenants>()))),
            CrossRouteAsync),
        new("quota evasion", "QuotaGrain", Removal.OfGrain<IQuotaGrain, IQuotaGrain>((_, _) => new EndlessQuota()),
            FloodAsync),
        new("a recreated tenant: the key of the one before", "the generation in ApiKeyState",
            Removal.OfGrain<ITenantGrain, IWholeTenant>((grain, _) => Removal.Pretend<IWholeTenant>(
                grain, context => context, (method, answer) => FirstGeneration(method.Name, answer))),
            RecreateAsync),
        new("cross-talk: what a server stores for one tenant, read by another", "the tenant in the key of a row",
            Removal.OfService<IGrainStorage>(_ => new TenantlessStorage()), InterleaveAsync),
        new("a suspended tenant that goes on", "AuthOptions.TenantLifetime",
            Removal.OfLimit(("Smcp:Gateway:Auth:TenantLifetime", "00:01:00")), GoOnAsync),
    ];

    private static CallContext Operator(CallContext context) => context with
    {
        Tenant = TenantId.Platform,
        Scopes = [McpScopes.Admin],
        Permissions = ["platform.*:*", "admin.*:*", "mcp.*:*"],
    };

    private static Removal Everybody<TGrain>(Func<CallContext, CallContext> become)
        where TGrain : class =>
        typeof(TGrain) == typeof(ITenantGrain)
            ? Removal.OfGrain<ITenantGrain, IWholeTenant>((grain, _) => Removal.Pretend<IWholeTenant>(grain, become))
            : typeof(TGrain) == typeof(IAuditGrain)
                ? Removal.OfGrain<IAuditGrain, IWholeAudit>((grain, _) => Removal.Pretend<IWholeAudit>(grain, become))
                : Removal.OfGrainsDecision<TGrain>(become);

    /// <summary>What changes a tenant, begun by anybody and done for everybody.</summary>
    private static Removal Ungated()
    {
        var decided = Everybody<ITenantGrain>(Operator);
        var gate = Removal.OfService(provider => new AdminRoutes(
            provider.GetServices<IAdminResource>().Select(resource => new RightlessResource(resource))));
        return new Removal
        {
            Configure = services =>
            {
                decided.Configure(services);
                gate.Configure(services);
            },
        };
    }

    /// <summary>Whether the administrator of one tenant gets at another.</summary>
    private static async Task<bool> ReachAsync(Removal removal, string method, string path, object? body = null)
    {
        await using var site = await AdminSite.StartAsync(removal.Configure);
        await site.ProvisionAsync("acme");
        await site.ProvisionAsync("evil");
        var (key, _) = await site.KeyAsync("evil", "admin");
        using var response = await site.SendAsync(method, path, key, body);
        return response.IsSuccessStatusCode;
    }

    /// <summary>Whether somebody who may only make keys makes himself an administrator.</summary>
    private static async Task<bool> GiveMoreAsync(Removal removal)
    {
        await using var site = await AdminSite.StartAsync(removal.Configure);
        await site.ProvisionAsync("acme");
        var clerk = new RoleDefinition
        {
            Name = "clerk",
            Permissions = [Permission.Parse("admin.write:keys"), Permission.Parse("admin.read:keys")],
        };
        await site.Host.Grains.Locate<ITenantGrain>("acme").PutRoleAsync(
            AdminSite.ContextOf("acme", "mcp.*:*", "admin.*:*"), clerk, null, default);
        var (key, _) = await site.KeyAsync("acme", "clerk");
        using var response = await site.SendAsync(
            "POST", "/tenants/acme/keys", key,
            new { name = "k", scopes = new[] { "mcp:admin" }, roles = new[] { "admin" } });
        return response.StatusCode == HttpStatusCode.Created;
    }

    private static async Task<bool> CrossRouteAsync(Removal removal)
    {
        await using var world = await TwoTenants.StartAsync(removal.Configure);
        var stolen = await world.KeyAsync(TwoTenants.One);
        using var response = await world.CallerOf(TwoTenants.Other, "2026-07-28", stolen).SendAsync("tools/list");
        return response.StatusCode == HttpStatusCode.OK;
    }

    /// <summary>Whether a tenant gets a hundred requests done where its quota is ten a minute.</summary>
    private static async Task<bool> FloodAsync(Removal removal)
    {
        await using var world = await TwoTenants.StartAsync(removal.Configure);
        await world.ConfigureAsync(
            TwoTenants.One, new TenantConfiguration { Quotas = new TenantQuotas { RequestsPerMinute = 10 } });
        var caller = world.CallerOf(TwoTenants.One, "2026-07-28", await world.KeyAsync(TwoTenants.One));
        for (var i = 0; i < 100; i++)
        {
            using var response = await caller.SendAsync("tools/list");
            if (response.StatusCode == HttpStatusCode.TooManyRequests)
            {
                return false;
            }
        }

        return true;
    }

    private static async Task<bool> InterleaveAsync(Removal removal)
    {
        await using var world = await TwoTenants.StartAsync(removal.Configure);
        var run = new Interleaving(world, HostileIds.Seed);
        await run.RunAsync(400);
        return run.Foreign.Count > 0;
    }

    private static async Task<bool> RecreateAsync(Removal removal)
    {
        await using var site = await AdminSite.StartAsync(removal.Configure);
        await site.ProvisionAsync("acme");
        var (key, _) = await site.KeyAsync("acme", "admin");
        await site.SendAsync("DELETE", "/tenants/acme", site.Operator, null, ("If-Match", "*"));
        site.Host.Clock.Leap(TimeSpan.FromHours(2));
        await site.ProvisionAsync("acme");
        using var response = await site.SendAsync("GET", "/tenants/acme", key);
        return response.StatusCode == HttpStatusCode.OK;
    }

    private static async Task<bool> GoOnAsync(Removal removal)
    {
        await using var world = await TwoTenants.StartAsync(removal.Configure, removal.Settings);
        var caller = world.CallerOf(TwoTenants.One, "2026-07-28", await world.KeyAsync(TwoTenants.One));
        using var before = await caller.SendAsync("tools/list");
        await world.Host.Grains.Locate<ITenantGrain>(TwoTenants.One).SuspendAsync(
            AdminSite.ContextOf("platform", "platform.*:*"), default);
        world.Host.Clock.Advance(TimeSpan.FromSeconds(2));
        using var after = await caller.SendAsync("tools/list");
        return before.IsSuccessStatusCode && after.IsSuccessStatusCode;
    }

    private static object? FirstGeneration(string method, object? answer) =>
        method == nameof(ITenantGrain.DescribeAsync) && answer is ValueTask<TenantSnapshot> { } snapshot
            ? new ValueTask<TenantSnapshot>(AsFirstAsync(snapshot))
            : answer;

    private static async Task<TenantSnapshot> AsFirstAsync(ValueTask<TenantSnapshot> snapshot) =>
        await snapshot with { Generation = 1 };

    /// <summary>What the engine looks for in a tenant's grain.</summary>
    internal interface IWholeTenant : ITenantGrain, IGrainLifecycle, IRemindable;

    /// <summary>What the engine looks for in an audit log's grain.</summary>
    internal interface IWholeAudit : IAuditGrain, IGrainLifecycle, IRemindable;

    /// <summary>Routes that the gate lets anybody begin.</summary>
    private sealed class RightlessResource(IAdminResource inner) : IAdminResource
    {
        public IEnumerable<AdminRoute> Routes => inner.Routes.Select(route => route with { Right = null });
    }

    /// <summary>Takes a key for one of whatever tenant the route names.</summary>
    private sealed class RouteScheme(ICredentialScheme inner) : ICredentialScheme
    {
        public bool Accepts(string credential) => inner.Accepts(credential);

        public async ValueTask<CredentialLookup> VerifyAsync(
            string credential, CredentialUse use, CancellationToken cancellationToken)
        {
            var lookup = await inner.VerifyAsync(credential, use, cancellationToken);
            return lookup.Caller is { } caller && use.Tenant is { } tenant
                ? CredentialLookup.Of(caller with { Tenant = tenant })
                : lookup;
        }
    }

    /// <summary>Keys what servers store by server and name alone.</summary>
    private sealed class TenantlessStorage : IGrainStorage
    {
        private readonly InMemoryGrainStorage _inner = new();

        public ValueTask<StoredState?> ReadAsync(StateAddress address, CancellationToken cancellationToken) =>
            _inner.ReadAsync(Shortened(address), cancellationToken);

        public ValueTask<long> WriteAsync(
            StateAddress address,
            ReadOnlyMemory<byte> payload,
            long expectedVersion,
            CancellationToken cancellationToken) =>
            _inner.WriteAsync(Shortened(address), payload, expectedVersion, cancellationToken);

        public ValueTask ClearAsync(
            StateAddress address, long expectedVersion, CancellationToken cancellationToken) =>
            _inner.ClearAsync(Shortened(address), expectedVersion, cancellationToken);

        private static StateAddress Shortened(StateAddress address) => address.GrainType == "server-state"
            ? address with { GrainKey = address.GrainKey[address.GrainKey.IndexOf('/', StringComparison.Ordinal)..] }
            : address;
    }

    /// <summary>Gives whatever is asked for.</summary>
    private sealed class EndlessQuota : IQuotaGrain
    {
        public ValueTask<TokenLease> LeaseAsync(TokenRequest request, CancellationToken cancellationToken) =>
            new(new TokenLease { Tokens = 1_000, Lifetime = TimeSpan.FromMinutes(1) });

        public ValueTask<SlotGrant> HoldAsync(SlotRequest request, CancellationToken cancellationToken) =>
            new(new SlotGrant { Slots = 1_000, Lifetime = TimeSpan.FromMinutes(1) });
    }
}
