using Smcp.Tenants;

namespace Smcp.Identity.Keys;

/// <summary>Why a key is refused, as the audit log says it; its owner is never told.</summary>
public sealed class ApiKeyGrainTests : IAsyncLifetime
{
    private TenantHost _host = null!;

    public async Task InitializeAsync() => _host = await TenantHost.StartAsync();

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Verify_SaysWhoCalls_WhenTheKeyIsInForce()
    {
        var key = await IssueAsync();

        var lookup = await VerifyAsync(key.Text!);

        Assert.Null(lookup.Cause);
        Assert.Equal($"key:{key.Info!.KeyId}", lookup.Caller!.Principal.ToString());
        Assert.Equal("default", lookup.Caller.Tenant.ToString());
    }

    [Fact]
    public async Task Verify_SaysUnknown_WhenTheSecretIsAnother()
    {
        var key = await IssueAsync();
        var guess = ApiKeyText.Create(TenantId.Default, key.Info!.KeyId);

        Assert.Equal("unknown", (await VerifyAsync(guess.Text)).Cause);
        Assert.Equal("unknown", (await VerifyAsync(ApiKeyText.Create(TenantId.Default).Text)).Cause);
    }

    /// <summary>Who still shows it once had it; who guesses at a revoked key never did.</summary>
    [Fact]
    public async Task Verify_SaysRevoked_WhenTheKeyWasRevokedAndIsShownByWhoHadIt()
    {
        var key = await IssueAsync();
        var rotated = await _host.Keys("default").RotateAsync(
            TenantHost.AdminOf("default"), key.Info!.KeyId, TimeSpan.FromHours(1), default);
        Assert.Null(await _host.Keys("default").RevokeAsync(
            TenantHost.AdminOf("default"), key.Info.KeyId, default));
        await _host.RestartAsync();

        Assert.Equal("revoked", (await VerifyAsync(key.Text!)).Cause);
        Assert.Equal("revoked", (await VerifyAsync(rotated.Text!)).Cause);
        var guess = ApiKeyText.Create(TenantId.Default, key.Info.KeyId);
        Assert.Equal("unknown", (await VerifyAsync(guess.Text)).Cause);
    }

    [Fact]
    public async Task Revoke_EndsTheGraceOfARotationToo()
    {
        var key = await IssueAsync();
        await _host.Keys("default").RotateAsync(
            TenantHost.AdminOf("default"), key.Info!.KeyId, TimeSpan.FromHours(1), default);
        Assert.NotNull((await VerifyAsync(key.Text!)).Caller);
        await _host.Keys("default").RevokeAsync(TenantHost.AdminOf("default"), key.Info.KeyId, default);

        var lookup = await VerifyAsync(key.Text!);
        var again = await _host.Keys("default").RotateAsync(
            TenantHost.AdminOf("default"), key.Info.KeyId, null, default);

        Assert.Null(lookup.Caller);
        Assert.NotNull(again.Fault);
    }

    [Fact]
    public async Task Verify_SaysExpiredOrRotated_OnceItsTimeIsOver()
    {
        var key = await IssueAsync();
        var rotated = await _host.Keys("default").RotateAsync(
            TenantHost.AdminOf("default"), key.Info!.KeyId, TimeSpan.FromHours(1), default);

        var inGrace = await VerifyAsync(key.Text!);
        _host.Clock.Leap(TimeSpan.FromHours(1));
        var after = await VerifyAsync(key.Text!);
        _host.Clock.Leap(TimeSpan.FromDays(90) - TimeSpan.FromHours(1));

        Assert.Equal(rotated.Info!.PreviousUntil, inGrace.Caller!.ExpiresAt);
        Assert.Equal("rotated", after.Cause);
        Assert.Equal("expired", (await VerifyAsync(rotated.Text!)).Cause);
    }

    private async Task<ApiKeyIssued> IssueAsync()
    {
        var issued = await _host.Keys("default").CreateAsync(
            TenantHost.AdminOf("default"),
            new ApiKeyRequest { Name = "k", Scopes = [McpScopes.Tools], Roles = ["mcp-user"] },
            default);
        Assert.Null(issued.Fault);
        return issued;
    }

    private async Task<CredentialLookup> VerifyAsync(string text)
    {
        Assert.True(ApiKeyText.TryParse(text, out var key));
        return await _host.Grains.Locate<IApiKeyGrain>(key.Address.ToString()).VerifyAsync(text, default);
    }
}
