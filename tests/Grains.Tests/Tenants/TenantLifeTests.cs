using Smcp.Identity;
using Smcp.Identity.Federation;
using Smcp.Mcp;

namespace Smcp.Tenants;

/// <summary>Who may begin, change and end a tenant, and what becomes of it.</summary>
public sealed class TenantLifeTests : IAsyncLifetime
{
    private TenantHost _host = null!;

    public async Task InitializeAsync() => _host = await TenantHost.StartAsync();

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task BuiltInTenants_Exist_FromTheFirstStart()
    {
        foreach (var id in new[] { "default", "platform" })
        {
            var snapshot = await _host.Tenant(id).DescribeAsync(default);
            Assert.Equal((TenantStatus.Active, 1L), (snapshot.Status, snapshot.Version));
        }

        var page = await _host.Directory.ListAsync(TenantHost.Operator, null, 10, default);
        Assert.Equal(["default", "platform"], page.Tenants.Select(tenant => tenant.Id.ToString()));
    }

    [Fact]
    public async Task UnknownTenant_IsNone()
    {
        Assert.Equal(TenantStatus.None, (await _host.Tenant("acme").DescribeAsync(default)).Status);
    }

    [Fact]
    public async Task Provision_IsDurable_AndListed()
    {
        var outcome = await _host.ProvisionAsync(
            "acme", new TenantConfiguration { DisplayName = "Acme", Tier = "free" });
        await _host.RestartAsync();

        Assert.Null(outcome.Fault);
        var snapshot = await _host.Tenant("acme").DescribeAsync(default);
        Assert.Equal(TenantStatus.Active, snapshot.Status);
        Assert.Equal("Acme", snapshot.Configuration.DisplayName);
        Assert.Equal(100, snapshot.Quotas.Sessions);
        var page = await _host.Directory.ListAsync(TenantHost.Operator, null, 1, default);
        Assert.Equal("acme", page.Tenants.Single().Id.ToString());
        Assert.Equal("acme", page.Next);
    }

    [Fact]
    public async Task Provision_IsForOperatorsOnly()
    {
        var own = await _host.Tenant("acme").ProvisionAsync(
            TenantHost.AdminOf("acme"), new TenantConfiguration(), default);
        var other = await _host.Tenant("acme").ProvisionAsync(
            TenantHost.AdminOf("default"), new TenantConfiguration(), default);
        var page = await _host.Directory.ListAsync(TenantHost.AdminOf("default"), null, 10, default);

        Assert.Equal(FaultReason.Forbidden, own.Fault!.Reason);
        Assert.Equal(FaultReason.Forbidden, other.Fault!.Reason);
        Assert.Equal(FaultReason.Forbidden, page.Fault!.Reason);
        Assert.Equal(TenantStatus.None, (await _host.Tenant("acme").DescribeAsync(default)).Status);
    }

    [Fact]
    public async Task Provision_IsAConflict_WhenTheTenantExists()
    {
        await _host.ProvisionAsync("acme");

        Assert.Equal(FaultReason.Conflict, (await _host.ProvisionAsync("acme")).Fault!.Reason);
    }

    [Fact]
    public async Task Configure_MakesAVersion_AndTheOneBeforeCanBeRestored()
    {
        await _host.ProvisionAsync("acme", new TenantConfiguration { DisplayName = "one" });
        var admin = TenantHost.AdminOf("acme");
        var second = await _host.Tenant("acme").ConfigureAsync(
            admin, new TenantConfiguration { DisplayName = "two" }, 1, default);
        await _host.RestartAsync();
        var third = await _host.Tenant("acme").RestoreAsync(admin, 1, 2, default);

        Assert.Equal(2, second.Tenant!.Version);
        Assert.Equal((3L, "one"), (third.Tenant!.Version, third.Tenant.Configuration.DisplayName));
        var page = await _host.Tenant("acme").ListVersionsAsync(admin, 0, 2, default);
        Assert.Equal([3L, 2L], page.Versions.Select(version => version.Version));
        var rest = await _host.Tenant("acme").ListVersionsAsync(admin, page.Next, 2, default);
        Assert.Equal([1L], rest.Versions.Select(version => version.Version));
        Assert.Equal(0, rest.Next);
    }

    [Fact]
    public async Task Configure_IsAConflict_WhenAnotherVersionIsInForce()
    {
        await _host.ProvisionAsync("acme");

        var outcome = await _host.Tenant("acme").ConfigureAsync(
            TenantHost.AdminOf("acme"), new TenantConfiguration { DisplayName = "x" }, 7, default);

        Assert.Equal(FaultReason.Conflict, outcome.Fault!.Reason);
    }

    [Fact]
    public async Task Configure_IsRefused_WhenAListHoldsNull()
    {
        await _host.ProvisionAsync("acme");
        TenantConfiguration[] odd =
        [
            new() { Roles = [null!] },
            new() { Network = new TenantNetwork { Allow = [null!] } },
            new() { Network = new TenantNetwork { DenyCountries = [null!] } },
        ];

        foreach (var configuration in odd)
        {
            var outcome = await _host.Tenant("acme").ConfigureAsync(
                TenantHost.AdminOf("acme"), configuration, null, default);
            Assert.Equal(FaultReason.InvalidParams, outcome.Fault!.Reason);
        }
    }

    [Fact]
    public async Task Configure_OfABuiltInTenant_MakesItsSecondVersion()
    {
        var outcome = await _host.Tenant("default").ConfigureAsync(
            TenantHost.AdminOf("default"),
            new TenantConfiguration { DisplayName = "Ours", Tier = "enterprise" },
            1,
            default);
        await _host.RestartAsync();

        Assert.Equal(2, outcome.Tenant!.Version);
        Assert.Equal("Ours", (await _host.Tenant("default").DescribeAsync(default)).Configuration.DisplayName);
    }

    [Fact]
    public async Task TierAndQuotas_AreTheOperatorsToSet()
    {
        await _host.ProvisionAsync("acme");
        var more = new TenantConfiguration { Quotas = new TenantQuotas { Sessions = 5 } };

        var byAdmin = await _host.Tenant("acme").ConfigureAsync(TenantHost.AdminOf("acme"), more, null, default);
        var byOperator = await _host.Tenant("acme").ConfigureAsync(TenantHost.Operator, more, null, default);

        Assert.Equal(FaultReason.Forbidden, byAdmin.Fault!.Reason);
        Assert.Null(byOperator.Fault);
        Assert.Equal(5, (await _host.Tenant("acme").DescribeAsync(default)).Quotas.Sessions);
    }

    [Theory]
    [InlineData("admin", "mcp.use:*")]
    [InlineData("operator", "mcp.use:*")]
    [InlineData("Bad Name", "mcp.use:*")]
    [InlineData("sly", "platform.write:*")]
    [InlineData("sly", "*:*")]
    [InlineData("sly", "p*:*")]
    public async Task Role_IsRefused_WhenItTakesWhatIsNotTheTenants(string name, string permission)
    {
        var role = new RoleDefinition { Name = name, Permissions = [Permission.Parse(permission)] };

        var outcome = await _host.Tenant("default").PutRoleAsync(TenantHost.Operator, role, null, default);

        Assert.Equal(FaultReason.InvalidParams, outcome.Fault!.Reason);
    }

    [Fact]
    public async Task Role_GivesNoMoreThanItsMakerHas()
    {
        var maker = TenantHost.ContextOf("default", "admin.write:roles", "admin.read:*", "mcp.use:*");
        var within = new RoleDefinition { Name = "within", Permissions = [Permission.Parse("mcp.use:notes")] };
        var beyond = new RoleDefinition { Name = "beyond", Permissions = [Permission.Parse("admin.write:keys")] };

        Assert.Null((await _host.Tenant("default").PutRoleAsync(maker, within, null, default)).Fault);
        Assert.Equal(
            FaultReason.Forbidden,
            (await _host.Tenant("default").PutRoleAsync(maker, beyond, null, default)).Fault!.Reason);
    }

    [Theory]
    [InlineData("admin.write:tenants", false)]
    [InlineData("admin.write:*", true)]
    public async Task Configuration_ChangesRoles_OnlyByWhoMayChangeThem(string permission, bool isTaken)
    {
        var role = new RoleDefinition { Name = "reader", Permissions = [Permission.Parse("mcp.use:notes")] };
        var admin = TenantHost.AdminOf("default");
        var tenant = _host.Tenant("default");
        var before = (await tenant.PutRoleAsync(admin, role, null, default)).Tenant!.Configuration;
        var maker = TenantHost.ContextOf("default", permission, "admin.read:*", "mcp.use:*");
        TenantConfiguration[] changes =
        [
            before with { Roles = [] },
            before with { Roles = [role with { Description = "another" }] },
            before with { Roles = [role with { Permissions = [Permission.Parse("mcp.use:other")] }] },
            before with { Roles = [role, role with { Name = "second" }] },
        ];
        foreach (var after in changes)
        {
            var outcome = await tenant.ConfigureAsync(maker, after, null, default);

            Assert.Equal(isTaken ? null : FaultReason.Forbidden, outcome.Fault?.Reason);
            Assert.Null((await tenant.ConfigureAsync(admin, before, null, default)).Fault);
        }

        Assert.Null((await tenant.ConfigureAsync(maker, before with { DisplayName = "D" }, null, default)).Fault);
    }

    [Fact]
    public async Task Federation_GivesNoRole_ThatItsMakerMayNotGive()
    {
        var maker = TenantHost.ContextOf("default", "admin.write:tenants", "mcp.*:*");

        Assert.Null((await ConfigureAsync(maker, "mcp-user")).Fault);
        Assert.Equal(FaultReason.Forbidden, (await ConfigureAsync(maker, "admin")).Fault!.Reason);
        Assert.Equal(FaultReason.InvalidParams, (await ConfigureAsync(maker, "unknown")).Fault!.Reason);
    }

    [Theory]
    [InlineData("10.0.0.0/8", "DE", true)]
    [InlineData("2001:db8::1", "DE", true)]
    [InlineData("10.0.0.1/8", "DE", false)]
    [InlineData("everybody", "DE", false)]
    [InlineData("10.1", "DE", false)]
    [InlineData("010.0.0.1", "DE", false)]
    [InlineData("10.0.0.0/8", "Germany", false)]
    public async Task Network_IsTakenOrRefused_AsItIsWritten(string network, string country, bool isTaken)
    {
        var configuration = new TenantConfiguration
        {
            Network = new TenantNetwork { Allow = [network], DenyCountries = [country] },
        };

        var outcome = await _host.Tenant("default").ConfigureAsync(TenantHost.Operator, configuration, null, default);

        Assert.Equal(isTaken, outcome.Fault is null);
    }

    [Fact]
    public async Task SuspendAndResume_AreForOperatorsOnly()
    {
        await _host.ProvisionAsync("acme");
        var refused = await _host.Tenant("acme").SuspendAsync(TenantHost.AdminOf("acme"), default);
        var suspended = await _host.Tenant("acme").SuspendAsync(TenantHost.Operator, default);
        var again = await _host.Tenant("acme").SuspendAsync(TenantHost.Operator, default);
        var resumed = await _host.Tenant("acme").ResumeAsync(TenantHost.Operator, default);

        Assert.Equal(FaultReason.Forbidden, refused.Fault!.Reason);
        Assert.Equal(TenantStatus.Suspended, suspended.Tenant!.Status);
        Assert.Equal(suspended.Tenant.Version, again.Tenant!.Version);
        Assert.Equal(TenantStatus.Active, resumed.Tenant!.Status);
        var platform = await _host.Tenant("platform").SuspendAsync(TenantHost.Operator, default);
        Assert.Equal(FaultReason.Conflict, platform.Fault!.Reason);
    }

    [Fact]
    public async Task Delete_DestroysTheKeys_AndTheIdComesBackAsAnotherTenant()
    {
        await _host.ProvisionAsync("acme", new TenantConfiguration { DisplayName = "Acme" });
        var key = await _host.Keys("acme").CreateAsync(
            TenantHost.AdminOf("acme"),
            new ApiKeyRequest { Name = "k", Scopes = [McpScopes.Tools], Roles = ["mcp-user"] },
            default);
        Assert.True(ApiKeyText.TryParse(key.Text!, out var text));
        var grain = _host.Grains.Locate<IApiKeyGrain>(text.Address.ToString());
        Assert.NotNull((await grain.VerifyAsync(key.Text!, default)).Caller);

        var deleted = await _host.Tenant("acme").DeleteAsync(TenantHost.Operator, 1, default);
        var soon = await _host.ProvisionAsync("acme");
        _host.Clock.Advance(TimeSpan.FromHours(1));
        var later = await _host.ProvisionAsync("acme");

        Assert.Equal(TenantStatus.Deleted, deleted.Tenant!.Status);
        Assert.Null(deleted.Tenant.Configuration.DisplayName);
        Assert.Equal(["acme"], _host.Encryption.Destroyed.Select(tenant => tenant.ToString()));
        Assert.Equal(FaultReason.Conflict, soon.Fault!.Reason);
        Assert.Equal((2, 3L), (later.Tenant!.Generation, later.Tenant.Version));
        Assert.Equal(["acme"], _host.Encryption.Provisioned.Select(tenant => tenant.ToString()));
        Assert.Equal("revoked", (await grain.VerifyAsync(key.Text!, default)).Cause);
    }

    [Fact]
    public async Task Delete_IsRefused_ForABuiltInTenantAndForOthersThanOperators()
    {
        await _host.ProvisionAsync("acme");

        Assert.Equal(
            FaultReason.Conflict,
            (await _host.Tenant("default").DeleteAsync(TenantHost.Operator, null, default)).Fault!.Reason);
        Assert.Equal(
            FaultReason.Forbidden,
            (await _host.Tenant("acme").DeleteAsync(TenantHost.AdminOf("acme"), null, default)).Fault!.Reason);
        Assert.Empty(_host.Encryption.Destroyed);
    }

    private async Task<TenantOutcome> ConfigureAsync(CallContext maker, string role) =>
        await _host.Tenant("default").ConfigureAsync(
            maker,
            new TenantConfiguration
            {
                Tier = "enterprise",
                Federation = new TenantFederation
                {
                    Issuer = "https://id.example",
                    ClientId = "smcp",
                    DisplayName = "Example",
                    DefaultRoles = [role],
                },
            },
            null,
            default);
}
