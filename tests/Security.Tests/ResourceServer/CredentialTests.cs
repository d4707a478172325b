using System.Buffers.Text;
using System.Text;
using Smcp.Identity;

namespace Smcp.ResourceServer;

/// <summary>RS01, RS02, RS09, RS25: nothing is done for who shows no valid credential, in every revision.</summary>
public sealed class CredentialTests : IAsyncLifetime
{
    private SecurityHost _host = null!;

    public static TheoryData<string> Revisions => McpCaller.Revisions;

    public static TheoryData<string> SessionRevisions => McpCaller.SessionRevisions;

    public async Task InitializeAsync() => _host = await ResourceServerHost.StartAsync();

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Theory]
    [MemberData(nameof(Revisions))]
    public async Task RS01_NoCredential_IsToldWhereToGetOne(string revision)
    {
        using var response = await McpCaller.Of(_host, revision).FirstAsync();

        Assert.Equal(401, (int)response.StatusCode);
        var challenge = response.Headers.WwwAuthenticate.Single();
        Assert.Equal("Bearer", challenge.Scheme);
        Assert.Contains(
            $"resource_metadata=\"{_host.Issuer}/.well-known/oauth-protected-resource/t/default/s/notes/mcp\"",
            challenge.Parameter, StringComparison.Ordinal);
        Assert.Contains("scope=\"mcp:tools\"", challenge.Parameter, StringComparison.Ordinal);
        Assert.DoesNotContain("error", challenge.Parameter, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Revisions))]
    public async Task RS02_WrongCredential_IsAnInvalidToken(string revision)
    {
        foreach (var wrong in new[] { "garbage", "a.b.c", ApiKeyText.Create(TenantId.Default).Text })
        {
            using var response = await McpCaller.Of(_host, revision, wrong).FirstAsync();

            Assert.Equal(401, (int)response.StatusCode);
            var challenge = response.Headers.WwwAuthenticate.ToString();
            Assert.Contains("error=\"invalid_token\"", challenge, StringComparison.Ordinal);
            Assert.Contains("resource_metadata=", challenge, StringComparison.Ordinal);
            Assert.DoesNotContain(wrong, await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
    }

    /// <summary>Half of a surrogate pair, which JSON can write and no text can hold (RFC 8259 section 8.2).</summary>
    [Theory]
    [InlineData("""{"alg":"ES256","typ":"at+jwt","kid":"\ud800"}""")]
    [InlineData("""{"alg":"\udc00","typ":"at+jwt","kid":"k"}""")]
    [InlineData("""{"alg":"ES256","typ":"at+jwt","\ud800":"k"}""")]
    [InlineData("""{"alg":"ES256","typ":"at+jwt","kid":"\ud83d k"}""")]
    public async Task RS02_TokenThatHoldsNoText_IsAnInvalidToken(string header)
    {
        var token = $"{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(header))}.e30.{new string('A', 86)}";
        using var api = new HttpRequestMessage(HttpMethod.Get, "/api/v1/tenants");
        api.Headers.TryAddWithoutValidation("Authorization", $"Bearer {token}");

        using var server = await McpCaller.Of(_host, "2026-07-28", token).FirstAsync();
        using var administration = await _host.Client.SendAsync(api);

        foreach (var response in new[] { server, administration })
        {
            Assert.Equal(401, (int)response.StatusCode);
            Assert.Contains(
                "error=\"invalid_token\"", response.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Revisions))]
    public async Task RS02_ExpiredKey_IsAnInvalidToken(string revision)
    {
        var caller = await McpCaller.Of(_host, revision, await UserKeyAsync()).OpenAsync();
        using var before = await caller.SendAsync("tools/list");
        _host.Clock.Leap(TimeSpan.FromDays(91));

        using var after = await caller.SendAsync("tools/list");

        Assert.Equal(200, (int)before.StatusCode);
        Assert.Equal(401, (int)after.StatusCode);
    }

    [Theory]
    [MemberData(nameof(Revisions))]
    public async Task RS02_RevokedKey_IsRefusedInTwoSeconds(string revision)
    {
        var key = await ResourceServerHost.IssueAsync(_host, "mcp-user", McpScopes.Tools);
        var caller = await McpCaller.Of(_host, revision, key.Text).OpenAsync();
        using var before = await caller.SendAsync("tools/list");
        var fault = await _host.Grains.Locate<IApiKeysGrain>("default").RevokeAsync(
            SecurityHost.ContextOf("user:root", "mcp.*:*", "admin.*:*"), key.Info!.KeyId, default);
        _host.Clock.Advance(TimeSpan.FromSeconds(2));

        using var after = await caller.SendAsync("tools/list");

        Assert.Null(fault);
        Assert.Equal(200, (int)before.StatusCode);
        Assert.Equal(401, (int)after.StatusCode);
    }

    [Fact]
    public async Task RotatedKey_IsTakenForItsGrace_AndTheNewOneAtOnce()
    {
        var key = await ResourceServerHost.IssueAsync(_host, "mcp-user", McpScopes.Tools);
        var rotated = await _host.Grains.Locate<IApiKeysGrain>("default").RotateAsync(
            SecurityHost.ContextOf("user:root", "mcp.*:*", "admin.*:*"),
            key.Info!.KeyId,
            TimeSpan.FromHours(1),
            default);

        using var old = await McpCaller.Of(_host, "2026-07-28", key.Text).SendAsync("tools/list");
        using var now = await McpCaller.Of(_host, "2026-07-28", rotated.Text).SendAsync("tools/list");
        _host.Clock.Leap(TimeSpan.FromHours(1));
        using var late = await McpCaller.Of(_host, "2026-07-28", key.Text).SendAsync("tools/list");

        Assert.Equal(200, (int)old.StatusCode);
        Assert.Equal(200, (int)now.StatusCode);
        Assert.Equal(401, (int)late.StatusCode);
    }

    [Theory]
    [MemberData(nameof(SessionRevisions))]
    public async Task RS09_SessionWithoutItsCredential_Is401(string revision)
    {
        var caller = await McpCaller.Of(_host, revision, await UserKeyAsync()).OpenAsync();
        var bare = McpCaller.Of(_host, revision);
        bare.Session = caller.Session;

        using var response = await bare.SendAsync("ping");

        Assert.Equal(401, (int)response.StatusCode);
    }

    [Theory]
    [MemberData(nameof(SessionRevisions))]
    public async Task RS10_SessionOfAnother_LooksLikeNone(string revision)
    {
        var owner = await McpCaller.Of(_host, revision, await UserKeyAsync()).OpenAsync();
        var other = McpCaller.Of(_host, revision, await UserKeyAsync());
        other.Session = owner.Session;
        using var stolen = await other.SendAsync("ping");
        other.Session = new string('A', owner.Session!.Length);
        using var unknown = await other.SendAsync("ping");

        Assert.Equal(404, (int)stolen.StatusCode);
        Assert.Equal(404, (int)unknown.StatusCode);
        Assert.Equal(await unknown.Content.ReadAsStringAsync(), await stolen.Content.ReadAsStringAsync());
        Assert.NotNull((await owner.CallAsync("ping"))["result"]);
    }

    [Theory]
    [MemberData(nameof(Revisions))]
    public async Task RS25_KeyOfAnotherTenant_LooksLikeAnUnknownOne(string revision)
    {
        var foreign = await _host.Grains.Locate<IApiKeysGrain>("platform").IssueOperatorKeyAsync(false, default);

        using var refused = await McpCaller.Of(_host, revision, foreign.Text).FirstAsync();
        using var unknown = await McpCaller.Of(_host, revision, ApiKeyText.Create(TenantId.Platform).Text).FirstAsync();

        Assert.Equal(401, (int)refused.StatusCode);
        Assert.Equal(unknown.Headers.WwwAuthenticate.ToString(), refused.Headers.WwwAuthenticate.ToString());
        Assert.Equal(await unknown.Content.ReadAsStringAsync(), await refused.Content.ReadAsStringAsync());
    }

    private Task<string> UserKeyAsync() => ResourceServerHost.KeyAsync(_host, "mcp-user", McpScopes.Tools);
}
