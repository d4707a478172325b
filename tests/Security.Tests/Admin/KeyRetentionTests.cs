using System.Net.Http.Headers;
using Microsoft.Extensions.DependencyInjection;
using Smcp.Identity.Keys;

namespace Smcp.Admin;

/// <summary>Keys that ended take nobody's place, and are forgotten in the end.</summary>
public sealed class KeyRetentionTests
{
    private const string Keys = "/tenants/acme/keys";

    [Fact]
    public async Task Key_CountsWhileItIsInForce_AndNoLonger()
    {
        await using var site = await StartAsync(options => options.KeysMax = 2);
        var first = await MakeAsync(site);
        await MakeAsync(site, "1.00:00:00");
        using var third = await AskAsync(site);

        using var revoked = await site.SendAsync("DELETE", $"{Keys}/{first}", site.Operator);
        await MakeAsync(site);
        using var fourth = await AskAsync(site);
        site.Host.Clock.Leap(TimeSpan.FromDays(1));
        await MakeAsync(site);

        Assert.Equal(429, (int)third.StatusCode);
        Assert.Equal(204, (int)revoked.StatusCode);
        Assert.Equal(429, (int)fourth.StatusCode);
    }

    [Fact]
    public async Task ExpiredKey_TakesAPlaceAgain_WhenItIsRotated()
    {
        await using var site = await StartAsync(options => options.KeysMax = 1);
        var expired = await MakeAsync(site, "1.00:00:00");
        site.Host.Clock.Leap(TimeSpan.FromDays(1));
        var other = await MakeAsync(site);

        using var refused = await site.SendAsync("POST", $"{Keys}/{expired}/rotate", site.Operator, new { });
        using var revoked = await site.SendAsync("DELETE", $"{Keys}/{other}", site.Operator);
        using var rotated = await site.SendAsync("POST", $"{Keys}/{expired}/rotate", site.Operator, new { });
        using var more = await AskAsync(site);

        Assert.Equal(429, (int)refused.StatusCode);
        Assert.Equal(204, (int)revoked.StatusCode);
        Assert.Equal(200, (int)rotated.StatusCode);
        Assert.Equal(429, (int)more.StatusCode);
    }

    [Fact]
    public async Task EndedKey_IsListedForItsRetention_AndToldOfInTheAuditLog()
    {
        await using var site = await StartAsync(options => options.EndedRetention = TimeSpan.FromDays(1));
        var (text, id) = await site.KeyAsync("acme", "admin");
        var kept = await MakeAsync(site);
        using var revoked = await site.SendAsync("DELETE", $"{Keys}/{id}", site.Operator);

        var before = await ListAsync(site);
        site.Host.Clock.Leap(TimeSpan.FromDays(1));
        var after = await ListAsync(site);

        Assert.Equal(new[] { id, kept }.Order(StringComparer.Ordinal), before);
        Assert.Equal([kept], after);
        Assert.DoesNotContain(
            site.Host.States.States.Keys, row => row.GrainKey.Contains(id, StringComparison.Ordinal));
        using var shown = await ShowAsync(site, text);
        using var log = await site.SendAsync("GET", "/tenants/acme/audit?action=key.revoked", site.Operator);
        Assert.Equal(401, (int)shown.StatusCode);
        Assert.Contains(id, await log.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task EndedKeys_AreAtMostSoMany_TheLastOnes()
    {
        await using var site = await StartAsync(options => options.EndedKeysMax = 1);
        var first = await MakeAsync(site);
        var second = await MakeAsync(site);
        using var one = await site.SendAsync("DELETE", $"{Keys}/{first}", site.Operator);
        site.Host.Clock.Leap(TimeSpan.FromSeconds(1));
        using var two = await site.SendAsync("DELETE", $"{Keys}/{second}", site.Operator);

        Assert.Equal([second], await ListAsync(site));
    }

    private static async Task<AdminSite> StartAsync(Action<ApiKeyOptions> configure)
    {
        var site = await AdminSite.StartAsync(services => services.PostConfigure(configure));
        await site.ProvisionAsync("acme");
        return site;
    }

    private static Task<HttpResponseMessage> AskAsync(AdminSite site, string? lifetime = null) => site.SendAsync(
        "POST", Keys, site.Operator,
        new { name = "k", scopes = new[] { "mcp:tools" }, roles = new[] { "mcp-user" }, lifetime });

    private static async Task<string> MakeAsync(AdminSite site, string? lifetime = null)
    {
        using var response = await AskAsync(site, lifetime);
        Assert.Equal(201, (int)response.StatusCode);
        return (string)(await AdminSite.JsonOfAsync(response))["key"]!["keyId"]!;
    }

    private static async Task<IEnumerable<string>> ListAsync(AdminSite site)
    {
        using var response = await site.SendAsync("GET", Keys, site.Operator);
        return (await AdminSite.JsonOfAsync(response))["items"]!.AsArray().Select(key => (string)key!["keyId"]!);
    }

    private static Task<HttpResponseMessage> ShowAsync(AdminSite site, string text)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1{Keys}");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", text);
        return site.Host.Client.SendAsync(request);
    }
}
