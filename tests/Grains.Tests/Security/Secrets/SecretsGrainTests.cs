using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Smcp.Mcp;
using Smcp.Security.Audit;
using Smcp.Servers;
using Smcp.Wire;

namespace Smcp.Security.Secrets;

public sealed class SecretsGrainTests
{
    private const string Value = "swordfish-4711-that-nobody-may-read";

    [Fact]
    public async Task Secret_IsGiven_ToTheServersItIsGrantedToOnly()
    {
        await using var host = await TenantDataHost.StartAsync();
        await SetAsync(host, "acme", "API_KEY", "of acme", "notes");
        await SetAsync(host, "globex", "API_KEY", "of globex", "mail");

        Assert.Equal("of acme", await host.SecretsOf("acme/notes/shared").GetAsync("API_KEY"));
        Assert.Equal("of globex", await host.SecretsOf("globex/mail/shared").GetAsync("API_KEY"));
        Assert.Null(await host.SecretsOf("acme/mail/shared").GetAsync("API_KEY"));
        Assert.Null(await host.SecretsOf("globex/notes/shared").GetAsync("API_KEY"));
        Assert.Null(await host.SecretsOf("acme/notes/shared").GetAsync("OTHER"));
        Assert.Null(await host.SecretsOf("acme/notes/shared").GetAsync("../globex/API_KEY"));
    }

    [Fact]
    public async Task Secret_IsGrantedToNobody_AtFirst()
    {
        await using var host = await TenantDataHost.StartAsync();

        await SetAsync(host, "acme", "API_KEY", Value);

        Assert.Null(await host.SecretsOf("acme/notes/shared").GetAsync("API_KEY"));
    }

    [Fact]
    public async Task Value_IsNowhereButWhereItIsGranted()
    {
        await using var host = await TenantDataHost.StartAsync();
        var write = new SecretWrite { Name = "API_KEY", Value = Value, Servers = [ServerId.Parse("notes")] };
        var set = await host.Secrets("acme").SetAsync(TenantDataHost.Admin("acme"), write, default);
        var tooLong = new string('x', 70_000) + Value;
        var refused = await host.Secrets("acme")
            .SetAsync(TenantDataHost.Admin("acme"), write with { Value = tooLong }, default);
        var list = await host.Secrets("acme").ListAsync(TenantDataHost.Admin("acme"), default);
        var opened = await host.Secrets("acme").OpenAsync(ServerId.Parse("notes"), ["API_KEY"], default);

        Assert.Equal(Value, Assert.Single(opened).Value);
        Assert.Equal(FaultReason.InvalidParams, refused.Fault!.Reason);
        Assert.Contains(host.Trail.Events, item => item.Target == "secret/API_KEY");
        var stored = string.Join('\n', host.Stores.States.States.Values
            .Select(state => Encoding.Latin1.GetString(state.Payload.Span)));
        foreach (var said in (string[])
            [
                JsonSerializer.Serialize(set, WireJson.Options), JsonSerializer.Serialize(list, WireJson.Options),
                JsonSerializer.Serialize(refused, WireJson.Options), $"{write}{set}{list}{refused}{opened[0]}",
                host.Trail.Text, host.Log.Text, stored,
            ])
        {
            Assert.DoesNotContain(Value, said, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Rotation_IsSeen_WithinTheCacheTime()
    {
        await using var host = await TenantDataHost.StartAsync();
        await SetAsync(host, "acme", "API_KEY", "first", "notes");
        var secrets = host.SecretsOf("acme/notes/shared");
        Assert.Equal("first", await secrets.GetAsync("API_KEY"));

        var info = await SetAsync(host, "acme", "API_KEY", "second");

        Assert.Equal(2, info.Version);
        Assert.Equal([ServerId.Parse("notes")], info.Servers);
        Assert.Equal("first", await secrets.GetAsync("API_KEY"));
        host.Clock.Advance(new SecretOptions().CacheTime);
        Assert.Equal("second", await secrets.GetAsync("API_KEY"));
    }

    [Fact]
    public async Task Grant_EndsWithinTheCacheTime_WhenItIsTakenBack()
    {
        await using var host = await TenantDataHost.StartAsync();
        await SetAsync(host, "acme", "API_KEY", Value, "notes");
        var secrets = host.SecretsOf("acme/notes/shared");
        Assert.NotNull(await secrets.GetAsync("API_KEY"));

        var taken = await host.Secrets("acme").SetAsync(
            TenantDataHost.Admin("acme"), new SecretWrite { Name = "API_KEY", Servers = [] }, default);
        host.Clock.Advance(new SecretOptions().CacheTime);

        Assert.Equal(1, taken.Info!.Version);
        Assert.Null(await secrets.GetAsync("API_KEY"));
        var denied = host.Trail.Events[^1];
        Assert.Equal((AuditActions.SecretRead, AuditOutcome.Denied), (denied.Action, denied.Outcome));
    }

    [Fact]
    public async Task Secret_IsGone_WhenItIsDeleted()
    {
        await using var host = await TenantDataHost.StartAsync();
        await SetAsync(host, "acme", "API_KEY", Value, "notes");

        Assert.Null(await host.Secrets("acme").DeleteAsync(TenantDataHost.Admin("acme"), "API_KEY", default));

        Assert.Null(await host.SecretsOf("acme/notes/shared").GetAsync("API_KEY"));
        Assert.Empty((await host.Secrets("acme").ListAsync(TenantDataHost.Admin("acme"), default)).Secrets);
        Assert.DoesNotContain(host.Stores.States.States.Keys, address => address.GrainType == "secret");
        var again = await host.Secrets("acme").DeleteAsync(TenantDataHost.Admin("acme"), "API_KEY", default);
        Assert.Equal(FaultReason.NotFound, again!.Reason);
    }

    [Theory]
    [InlineData("acme", "admin.read:*")]
    [InlineData("acme", "admin.write:keys")]
    [InlineData("globex", "admin.*:*")]
    public async Task Set_IsRefused_WithoutThePermission(string tenant, string permission)
    {
        await using var host = await TenantDataHost.StartAsync();
        var caller = TenantDataHost.Admin(tenant, permission);

        var set = await host.Secrets("acme").SetAsync(
            caller, new SecretWrite { Name = "API_KEY", Value = Value }, default);
        var deleted = await host.Secrets("acme").DeleteAsync(caller, "API_KEY", default);

        Assert.NotNull(set.Fault);
        Assert.NotNull(deleted);
        Assert.DoesNotContain(host.Stores.States.States.Keys, address => address.GrainType == "secret");
    }

    [Theory]
    [InlineData("")]
    [InlineData("api_key")]
    [InlineData("A/B")]
    [InlineData("A B")]
    public async Task Set_IsRefused_ForAnotherName(string name)
    {
        await using var host = await TenantDataHost.StartAsync();

        var set = await host.Secrets("acme").SetAsync(
            TenantDataHost.Admin("acme"), new SecretWrite { Name = name, Value = Value }, default);

        Assert.Equal(FaultReason.InvalidParams, set.Fault!.Reason);
    }

    [Fact]
    public async Task Set_IsRefused_BeyondTheLimitsAndForNoTenant()
    {
        await using var host = await TenantDataHost.StartAsync(
            services => services.Configure<SecretOptions>(options => options.SecretsMax = 1));
        await SetAsync(host, "acme", "ONE", Value);

        var second = await host.Secrets("acme").SetAsync(
            TenantDataHost.Admin("acme"), new SecretWrite { Name = "TWO", Value = Value }, default);
        var nobody = await host.Secrets("nobody").SetAsync(
            TenantDataHost.Admin("nobody"), new SecretWrite { Name = "ONE", Value = Value }, default);

        Assert.Equal(FaultReason.LimitExceeded, second.Fault!.Reason);
        Assert.Equal(FaultReason.NotFound, nobody.Fault!.Reason);
    }

    [Fact]
    public async Task Grant_ChangesOneServer_AndNoOther()
    {
        await using var host = await TenantDataHost.StartAsync();
        await SetAsync(host, "acme", "API_KEY", Value, "notes");

        var granted = await GrantAsync(host, "mail", true);
        var again = await GrantAsync(host, "mail", true);
        var taken = await GrantAsync(host, "notes", false);

        Assert.Equal([ServerId.Parse("notes"), ServerId.Parse("mail")], granted.Info!.Servers);
        Assert.Equal(granted.Info.Servers, again.Info!.Servers);
        Assert.Equal([ServerId.Parse("mail")], taken.Info!.Servers);
        Assert.Equal(1, taken.Info.Version);
        Assert.Equal(Value, await host.SecretsOf("acme/mail/shared").GetAsync("API_KEY"));
        Assert.Null(await host.SecretsOf("acme/notes/shared").GetAsync("API_KEY"));
        var none = await host.Secrets("acme").GrantAsync(
            TenantDataHost.Admin("acme"), "OTHER", ServerId.Parse("mail"), true, default);
        Assert.Equal(FaultReason.NotFound, none.Fault!.Reason);
        var foreign = await host.Secrets("acme").GrantAsync(
            TenantDataHost.Admin("globex"), "API_KEY", ServerId.Parse("mail"), true, default);
        Assert.Equal(FaultReason.NotFound, foreign.Fault!.Reason);
    }

    private static async Task<SecretOutcome> GrantAsync(TenantDataHost host, string server, bool isGranted) =>
        await host.Secrets("acme").GrantAsync(
            TenantDataHost.Admin("acme"), "API_KEY", ServerId.Parse(server), isGranted, default);

    internal static async Task<SecretInfo> SetAsync(
        TenantDataHost host, string tenant, string name, string value, params string[] servers)
    {
        var write = new SecretWrite
        {
            Name = name,
            Value = value,
            Servers = servers.Length == 0 ? null : [.. servers.Select(ServerId.Parse)],
        };
        var outcome = await host.Secrets(tenant).SetAsync(TenantDataHost.Admin(tenant), write, default);
        Assert.Null(outcome.Fault);
        return outcome.Info!;
    }
}
