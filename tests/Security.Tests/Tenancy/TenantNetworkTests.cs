using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Smcp.Identity;
using Smcp.Identity.Users;
using Smcp.OAuth;
using Smcp.OAuth.Authorize;
using Smcp.Security.Audit;
using Smcp.Tenants;
using Smcp.TestSupport;

namespace Smcp.Tenancy;

/// <summary>
/// A tenant's network lists hold wherever it is entered: inside passes, outside fails and changes nothing.
/// </summary>
public sealed class TenantNetworkTests : IAsyncLifetime
{
    private const string Inside = "192.0.2.9";
    private const string Outside = "198.51.100.7";

    private readonly RecordedAudit _audit = new();
    private AuthorizeSite _site = null!;
    private UserId _alice;

    private SecurityHost Host => _site.Host;

    public async Task InitializeAsync()
    {
        _site = await AuthorizeSite.StartAsync(
            services => services.AddSingleton<IAuditTrail>(_audit),
            ("Smcp:Gateway:Network:Forwarding:KnownProxies:0", "127.0.0.1"),
            ("Smcp:Gateway:Tls:RequireTls", "false"));
        _alice = await Host.JoinAsync("ann", "mcp-user");
        var lists = new TenantConfiguration { Network = new TenantNetwork { Allow = ["192.0.2.0/24"] } };
        Assert.Null((await Host.Grains.Locate<ITenantGrain>("default").ConfigureAsync(
            SecurityHost.ContextOf("user:root", "platform.*:*") with { Tenant = TenantId.Platform },
            lists with { Tier = "enterprise" },
            null,
            default)).Fault);
    }

    public async Task DisposeAsync() => await _site.DisposeAsync();

    [Fact]
    public async Task Login_IsForThoseInside()
    {
        using var inside = new Person(Host, Inside);
        using var outside = new Person(Host, Outside);

        var named = await outside.OpenAsync("/login?tenant=default");
        var typed = await outside.LogInAsync(await outside.OpenAsync("/login"), "alice");
        var entered = await inside.LogInAsync(await inside.OpenAsync("/login"), "alice");

        named.IsRefused(HttpStatusCode.Forbidden);
        typed.IsRefused(HttpStatusCode.Forbidden);
        Assert.Null(outside.CookieOf("smcp"));
        Assert.Equal("/account", entered.Location);
        Assert.Contains(_audit.Events, e =>
            e.Action == AuditActions.NetworkDenied && e.Tenant == TenantId.Default && e.Address == Outside);
    }

    [Fact]
    public async Task Session_IsWorthNothingOutside_ButForLoggingOut()
    {
        using var person = new Person(Host, Inside);
        await person.LogInAsync(await person.OpenAsync("/login"), "alice");
        var account = await person.OpenAsync("/account");

        person.GoTo(Outside);
        var outside = await person.OpenAsync("/account");
        var posted = await person.SubmitAsync(account, ("do", "end-all"));
        person.GoTo(Inside);
        var again = await person.OpenAsync("/account");
        person.GoTo(Outside);
        var asked = await person.OpenAsync("/logout");
        await person.SubmitAsync(asked);
        person.GoTo(Inside);
        var after = await person.OpenAsync("/account");

        Assert.Equal(HttpStatusCode.OK, account.Status);
        Assert.Equal("/login", outside.Location);
        Assert.Equal("/login", posted.Location);
        Assert.Equal(HttpStatusCode.OK, again.Status);
        Assert.Equal("/login", after.Location);
    }

    [Fact]
    public async Task Invitation_IsAcceptedInsideOnly()
    {
        var invited = await Host.Grains.Locate<IUserDirectoryGrain>("default").InviteAsync(
            SecurityHost.ContextOf("user:root", "mcp.*:*", "admin.*:*"),
            new UserInvitation { LoginName = LoginName.Parse("bob") },
            default);
        var address = $"/invitation?tenant=default&token={Uri.EscapeDataString(invited.Token!)}";
        using var person = new Person(Host, Outside);

        var outside = await person.OpenAsync(address);
        person.GoTo(Inside);
        var form = await person.OpenAsync(address);
        person.GoTo(Outside);
        var posted = await person.SubmitAsync(form, ("new_password", SecurityHost.Password));
        person.GoTo(Inside);
        var accepted = await person.SubmitAsync(form, ("new_password", SecurityHost.Password));

        outside.IsRefused(HttpStatusCode.Forbidden);
        posted.IsRefused(HttpStatusCode.Forbidden);
        Assert.Equal("/account", accepted.Location);
    }

    [Fact]
    public async Task Authorization_IsGivenInsideOnly()
    {
        using var person = new Person(Host, Outside);
        var outside = await person.OpenAsync(_site.Ask());
        person.GoTo(Inside);
        var consent = await person.ComeToConsentAsync(_site.Ask(), "alice");
        person.GoTo(Outside);
        var posted = await person.AllowAsync(consent);
        person.GoTo(Inside);
        var allowed = await person.AllowAsync(consent);

        outside.IsRefused(HttpStatusCode.Forbidden);
        posted.IsRefused(HttpStatusCode.Forbidden);
        Assert.True(allowed.Sent.ContainsKey("code"));
    }

    [Fact]
    public async Task PickedServer_IsOfATenantThatIsEnteredInside()
    {
        using var person = new Person(Host, Inside);
        var consent = await person.ComeToConsentAsync(_site.Ask(("resource", null)), "alice");
        person.GoTo(Outside);

        var posted = await person.SubmitAsync(consent, ("decision", "approve"), ("server", "notes"));

        Assert.Null(posted.Location);
        Assert.Contains("Log in", posted.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FederatedReturn_IsTakenInsideOnly()
    {
        using var person = new Person(Host, Outside);
        var address = $"/login/return?state=default.{new string('A', 43)}&code=c";

        var outside = await person.OpenAsync(address);
        person.GoTo(Inside);
        var inside = await person.OpenAsync(address);

        outside.IsRefused(HttpStatusCode.Forbidden);
        inside.IsRefused();
    }

    [Fact]
    public async Task Tokens_AreGivenAndRevokedInsideOnly()
    {
        From(Inside);
        var app = await OAuthClientDriver.RegisterAsync(Host);
        var code = await app.ConsentAsync(_alice, Host.ResourceOf("notes"));

        From(Outside);
        var redeemedOutside = await app.RedeemAsync(code);
        From(Inside);
        var redeemed = (await app.RedeemAsync(code)).IsGranted();
        From(Outside);
        var refreshedOutside = await app.RefreshAsync(redeemed.RefreshToken);
        var revokedOutside = await app.RevokeAsync(redeemed.RefreshToken);
        From(Inside);
        var refreshed = (await app.RefreshAsync(redeemed.RefreshToken)).IsGranted();
        var revoked = await app.RevokeAsync(refreshed.RefreshToken);
        var over = await app.RefreshAsync(refreshed.RefreshToken);

        redeemedOutside.IsRefused("access_denied", HttpStatusCode.Forbidden);
        refreshedOutside.IsRefused("access_denied", HttpStatusCode.Forbidden);
        Assert.Equal(HttpStatusCode.Forbidden, revokedOutside);
        Assert.Equal(HttpStatusCode.OK, revoked);
        over.IsRefused("invalid_grant");
    }

    [Fact]
    public async Task Client_ActsForItselfInsideOnly()
    {
        var robot = await OAuthClientDriver.OfTenantAsync(Host, "app-robot", ["mcp-user"], McpScopes.Tools);

        From(Outside);
        var outside = await robot.AskForItselfAsync(("resource", Host.ResourceOf("notes")));
        From(Inside);
        var inside = await robot.AskForItselfAsync(("resource", Host.ResourceOf("notes")));

        outside.IsRefused("access_denied", HttpStatusCode.Forbidden);
        inside.IsGranted();
    }

    [Fact]
    public async Task Administration_IsReachedInside_AndByOperatorsFromAnywhere()
    {
        var issued = await Host.Grains.Locate<IApiKeysGrain>("default").CreateAsync(
            SecurityHost.ContextOf("user:root", "mcp.*:*", "admin.*:*"),
            new ApiKeyRequest { Name = "k", Scopes = [McpScopes.Admin], Roles = ["admin"] },
            default);
        var theirs = await Host.Grains.Locate<IApiKeysGrain>("platform").IssueOperatorKeyAsync(false, default);

        Assert.Equal(HttpStatusCode.OK, await AdministerAsync(Inside, issued.Text!));
        Assert.Equal(HttpStatusCode.Forbidden, await AdministerAsync(Outside, issued.Text!));
        Assert.Equal(HttpStatusCode.OK, await AdministerAsync(Outside, theirs.Text!));
    }

    private async Task<HttpStatusCode> AdministerAsync(string from, string key)
    {
        From(from);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/tenants/default/configuration");
        request.Headers.Add("Authorization", $"Bearer {key}");
        using var response = await Host.Client.SendAsync(request);
        return response.StatusCode;
    }

    private void From(string address)
    {
        Host.Client.DefaultRequestHeaders.Remove("X-Forwarded-For");
        Host.Client.DefaultRequestHeaders.Add("X-Forwarded-For", address);
    }
}
