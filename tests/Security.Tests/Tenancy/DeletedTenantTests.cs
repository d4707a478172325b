using System.Net.Http.Headers;
using Smcp.Admin;
using Smcp.Data;
using Smcp.ResourceServer;

namespace Smcp.Tenancy;

/// <summary>
/// A tenant that was deleted while gateways remember its credentials: their holders are told at once what they will be
/// told later.
/// </summary>
public sealed class DeletedTenantTests : IAsyncLifetime
{
    private const string Tenant = "acme";
    private const string Path = $"/t/{Tenant}/s/canary/mcp";

    private static readonly string[] Revisions = ["2025-03-26", "2025-06-18", "2025-11-25", "2026-07-28"];

    private CanarySite _site = null!;
    private string _operator = string.Empty;
    private string _key = string.Empty;

    public async Task InitializeAsync()
    {
        _site = await CanarySite.StartAsync(
            ("Smcp:Gateway:Auth:CredentialLifetime", "00:01:00"), ("Smcp:Gateway:Auth:TenantLifetime", "00:01:00"));
        _operator = await _site.OperatorKeyAsync();
        await _site.AdministerAsync("POST", "/tenants", _operator, $$"""{"id":"{{Tenant}}"}""");
        await _site.AdministerAsync("PUT", $"/tenants/{Tenant}/servers/canary", _operator, """{"source":"canary"}""");
        _key = await _site.KeyAsync(_operator, Tenant);
    }

    public async Task DisposeAsync() => await _site.DisposeAsync();

    [Fact]
    public async Task RememberedCredential_IsUnknown_FromTheMomentItsTenantIsDeleted()
    {
        var callers = new List<McpCaller>();
        foreach (var revision in Revisions)
        {
            callers.Add(await McpCaller.Of(_site.Host, revision, _key, Path).OpenAsync());
        }

        var before = await AskAsync(callers);
        await _site.AdministerAsync("DELETE", $"/tenants/{Tenant}", _operator);
        var after = await AskAsync(callers);

        Assert.All(before, status => Assert.Equal(200, status));
        Assert.All(after, status => Assert.Equal(401, status));
        Assert.DoesNotMatch(@"Request \S+ failed:", _site.Logged);
    }

    [Fact]
    public async Task PublicServer_AsksForACredential_FromTheMomentItsTenantIsDeleted()
    {
        await _site.AdministerAsync(
            "PUT", $"/tenants/{Tenant}/servers/canary/access", _key, """{"kind":"public"}""");
        var nobody = McpCaller.Of(_site.Host, "2026-07-28", credential: null, Path);
        using var before = await nobody.SendAsync("tools/list");
        await _site.AdministerAsync("DELETE", $"/tenants/{Tenant}", _operator);

        using var after = await nobody.SendAsync("tools/list");

        Assert.Equal((200, 401), ((int)before.StatusCode, (int)after.StatusCode));
        Assert.DoesNotContain("error=", after.Headers.WwwAuthenticate.Single().Parameter, StringComparison.Ordinal);
    }

    /// <summary>The statuses of a call of each, of a new session, of a stream, and of the administration.</summary>
    private async Task<List<int>> AskAsync(IEnumerable<McpCaller> callers)
    {
        var statuses = new List<int>();
        foreach (var caller in callers)
        {
            using var called = await caller.SendAsync("tools/call", """{"name":"remember","arguments":{"text":"x"}}""");
            using var listed = await caller.SendAsync("tools/list");
            statuses.AddRange([(int)called.StatusCode, (int)listed.StatusCode]);
            if (caller.Session is not null)
            {
                using var first = await caller.FirstAsync();
                using var stream = await caller.AskAsync(HttpMethod.Get);
                statuses.AddRange([(int)first.StatusCode, (int)stream.StatusCode]);
            }
        }

        using var request = new HttpRequestMessage(HttpMethod.Get, $"{AdminRoutes.Prefix}/tenants/{Tenant}");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _key);
        using var administered = await _site.Host.Client.SendAsync(request);
        return [.. statuses, (int)administered.StatusCode];
    }
}
