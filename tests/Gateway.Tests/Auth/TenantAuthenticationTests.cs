using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Smcp.Identity;
using Smcp.Security.Audit;
using Smcp.Servers;
using Smcp.Tenants;
using Smcp.TestSupport;

namespace Smcp.Auth;

/// <summary>Station 3: who is let in, who is told to come back with a credential, and how soon that is felt.</summary>
public sealed class TenantAuthenticationTests : IAsyncLifetime
{
    private static readonly TenantId Tenant = TenantId.Parse("default");

    private readonly ManualTimeProvider _time = new();
    private readonly RecordedAudit _audit = new();
    private GatewayHost _host = null!;

    public async Task InitializeAsync()
    {
        _host = await GatewayHost.BuildAsync("http://127.0.0.1:0", _time, builder =>
        {
            builder.Logging.SetMinimumLevel(LogLevel.None);
            builder.Services.AddSingleton<IAuditTrail>(_audit);
        });
        _host.Grains.Server.Access = ServerAccess.Tenant;
    }

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task NoCredential_IsToldWhereToGetOne_WithoutAnErrorCode()
    {
        using var response = await SendAsync(null);

        Assert.Equal(401, (int)response.StatusCode);
        var challenge = response.Headers.WwwAuthenticate.ToString();
        Assert.StartsWith("Bearer ", challenge, StringComparison.Ordinal);
        Assert.Contains(
            $"resource_metadata=\"{_host.Url.GetLeftPart(UriPartial.Authority)}"
            + "/.well-known/oauth-protected-resource/t/default/s/echo/mcp\"",
            challenge, StringComparison.Ordinal);
        Assert.DoesNotContain("error=", challenge, StringComparison.Ordinal);
        Assert.DoesNotContain("offline_access", challenge, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NoCredential_IsServed_WhenTheServerIsPublic()
    {
        _host.Grains.Server.Access = ServerAccess.Public;

        using var response = await SendAsync(null);

        Assert.Equal(200, (int)response.StatusCode);
        Assert.Equal(PrincipalId.Anonymous, _host.Grains.Shared.Calls[^1].Context.Principal);
    }

    [Fact]
    public async Task NoCredential_GetsTheSameAnswer_WhetherTheServerExistsOrNot()
    {
        using var existing = await SendAsync(null);
        using var missing = await SendAsync(null, "/t/default/s/nothing/mcp");
        using var foreign = await SendAsync(null, "/t/other/s/echo/mcp");

        Assert.Equal(401, (int)missing.StatusCode);
        Assert.Equal(401, (int)foreign.StatusCode);
        var body = await existing.Content.ReadAsStringAsync();
        Assert.Equal(body, await missing.Content.ReadAsStringAsync());
        Assert.Equal(body, await foreign.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task ValidKey_IsServed_AsItsPrincipal()
    {
        var key = Issue(Tenant);

        using var response = await SendAsync($"Bearer {key.Text}");

        Assert.Equal(200, (int)response.StatusCode);
        var caller = _host.Grains.Shared.Calls[^1].Context;
        Assert.Equal($"key:{key.Address.KeyId}", caller.Principal.ToString());
        Assert.Equal(["mcp:tools"], caller.Scopes);
        Assert.Equal(["mcp.*:*"], caller.Permissions);
    }

    [Theory]
    [InlineData("Bearer garbage")]
    [InlineData("Bearer smcp_default_abc")]
    [InlineData("Basic c21jcDo=")]
    [InlineData("Bearer")]
    [InlineData("Bearer a b")]
    public async Task OddCredential_IsAnInvalidToken(string authorization)
    {
        using var response = await SendAsync(authorization);

        Assert.Equal(401, (int)response.StatusCode);
        Assert.Contains(
            "error=\"invalid_token\"", response.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task UnknownKey_OfTheRightForm_IsAnInvalidToken()
    {
        using var response = await SendAsync($"Bearer {ApiKeyText.Create(Tenant).Text}");

        Assert.Equal(401, (int)response.StatusCode);
    }

    /// <summary>RS25: a key of another tenant, in the same words as one that nobody knows.</summary>
    [Fact]
    public async Task KeyOfAnotherTenant_LooksLikeAnUnknownOne()
    {
        using var foreign = await SendAsync($"Bearer {Issue(TenantId.Parse("other")).Text}");
        using var unknown = await SendAsync($"Bearer {ApiKeyText.Create(Tenant).Text}");

        Assert.Equal(401, (int)foreign.StatusCode);
        Assert.Equal(unknown.Headers.WwwAuthenticate.ToString(), foreign.Headers.WwwAuthenticate.ToString());
        Assert.Equal(await unknown.Content.ReadAsStringAsync(), await foreign.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task ValidKey_IsAskedForOnce_WhileItIsHeld()
    {
        var key = Issue(Tenant);
        using var first = await SendAsync($"Bearer {key.Text}");
        using var second = await SendAsync($"Bearer {key.Text}");

        Assert.Equal(1, _host.Grains.Verified);
    }

    [Fact]
    public async Task Revocation_IsFelt_OnceTheKeyIsHeldNoLonger()
    {
        var key = Issue(Tenant);
        using var before = await SendAsync($"Bearer {key.Text}");
        _host.Grains.Keys.Clear();
        _time.Advance(TimeSpan.FromSeconds(2));

        using var after = await SendAsync($"Bearer {key.Text}");

        Assert.Equal(200, (int)before.StatusCode);
        Assert.Equal(401, (int)after.StatusCode);
    }

    [Fact]
    public async Task SuspendedTenant_Is403_WithAValidKeyOnly()
    {
        _host.Grains.TenantStatus = TenantStatus.Suspended;
        using var valid = await SendAsync($"Bearer {Issue(Tenant).Text}");
        using var none = await SendAsync(null);

        Assert.Equal(403, (int)valid.StatusCode);
        Assert.Equal(401, (int)none.StatusCode);
    }

    [Theory]
    [InlineData("", "127.0.0.1", 403)]
    [InlineData("192.0.2.0/24", "", 403)]
    [InlineData("127.0.0.0/8", "", 200)]
    [InlineData("127.0.0.0/8", "127.0.0.1", 403)]
    [InlineData("what is no network", "", 403)]
    public async Task TenantNetwork_Decides_FromWhereItIsReached(string allow, string deny, int status)
    {
        _host.Grains.TenantNetwork = new TenantNetwork
        {
            Allow = allow.Length == 0 ? [] : [allow],
            Deny = deny.Length == 0 ? [] : [deny],
        };

        using var response = await SendAsync($"Bearer {Issue(Tenant).Text}");

        Assert.Equal(status, (int)response.StatusCode);
    }

    [Fact]
    public async Task TenantNetwork_IsReadAgain_WhenItsVersionChanges()
    {
        var key = Issue(Tenant);
        _host.Grains.TenantNetwork = new TenantNetwork { Deny = ["127.0.0.1"] };
        using var before = await SendAsync($"Bearer {key.Text}");
        _host.Grains.TenantNetwork = new TenantNetwork { Deny = ["192.0.2.1"] };
        _host.Grains.TenantVersion++;
        _time.Advance(TimeSpan.FromSeconds(2));

        using var after = await SendAsync($"Bearer {key.Text}");

        Assert.Equal(403, (int)before.StatusCode);
        Assert.Equal(200, (int)after.StatusCode);
    }

    /// <summary>RS09: a session is no authentication.</summary>
    [Fact]
    public async Task SessionId_IsNoCredential()
    {
        var key = Issue(Tenant);
        using var opened = await SendAsync($"Bearer {key.Text}", body: McpWire.Initialize("2025-11-25"));
        var session = opened.Headers.GetValues("Mcp-Session-Id").Single();

        var request = McpWire.Post(McpWire.Request("ping"), ("Mcp-Session-Id", session));
        using var response = await _host.Client.SendAsync(request);

        Assert.Equal(401, (int)response.StatusCode);
    }

    /// <summary>The caller hears one text; the log has the cause, and the server that was asked for.</summary>
    [Fact]
    public async Task Refusal_IsRecorded_WithItsCause()
    {
        _host.Grains.Others["other"] = new TenantQuotas();
        using var absent = await SendAsync(null);
        using var malformed = await SendAsync("Basic abc");
        using var foreign = await SendAsync($"Bearer {Issue(TenantId.Parse("other")).Text}");
        using var unknown = await SendAsync($"Bearer {ApiKeyText.Create(Tenant).Text}");
        _host.Grains.TenantStatus = TenantStatus.Deleted;
        _time.Advance(TimeSpan.FromSeconds(2));
        using var gone = await SendAsync($"Bearer {Issue(Tenant).Text}");

        var refused = _audit.Events.Where(e => e.Action == AuditActions.AuthFailure).ToList();
        Assert.Equal(
            ["absent", "malformed", "other-tenant", "unknown", "unknown"], refused.Select(e => e.Reason));
        Assert.All(refused, e => Assert.Equal("server/echo", e.Target));
        Assert.Equal([Tenant, Tenant, Tenant, Tenant, TenantId.Platform], refused.Select(e => e.Tenant));
        Assert.Equal(401, (int)gone.StatusCode);
    }

    [Fact]
    public async Task PublicServer_ServesNobody_WhereItsTenantDoesNot()
    {
        _host.Grains.Server.Access = ServerAccess.Public;
        _host.Grains.TenantNetwork = new TenantNetwork { Deny = ["127.0.0.1"] };
        using var denied = await SendAsync(null);
        _host.Grains.TenantNetwork = new TenantNetwork();
        _host.Grains.TenantVersion++;
        _host.Grains.TenantStatus = TenantStatus.Suspended;
        _time.Advance(TimeSpan.FromSeconds(2));
        using var suspended = await SendAsync(null);

        Assert.Equal(401, (int)denied.StatusCode);
        Assert.Equal(401, (int)suspended.StatusCode);
    }

    [Theory]
    [InlineData(TenantStatus.Suspended, "The tenant is suspended.")]
    [InlineData(TenantStatus.Active, "The tenant may not be reached from this address.")]
    public async Task Caller_IsToldWhy_WhenItIsKnown(TenantStatus status, string text)
    {
        _host.Grains.TenantStatus = status;
        _host.Grains.TenantNetwork = new TenantNetwork { Deny = ["127.0.0.1"] };

        using var response = await SendAsync($"Bearer {Issue(Tenant).Text}");

        Assert.Equal(403, (int)response.StatusCode);
        Assert.Contains(text, await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private ApiKeyText Issue(TenantId tenant)
    {
        var key = ApiKeyText.Create(tenant);
        _host.Grains.Keys[key.Address.ToString()] = new CallerIdentity
        {
            Tenant = tenant,
            Principal = PrincipalId.Parse($"key:{key.Address.KeyId}"),
            Credential = $"key:{key.Address.KeyId}",
            Scopes = [McpScopes.Tools],
            Permissions = ["mcp.*:*"],
        };
        return key;
    }

    private async Task<HttpResponseMessage> SendAsync(
        string? authorization, string path = McpWire.Path, string? body = null)
    {
        var request = body is null ? McpWire.Stateless("prompts/list") : McpWire.Post(body);
        request.RequestUri = new Uri(path, UriKind.Relative);
        if (authorization is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        }

        return await _host.Client.SendAsync(request);
    }
}
