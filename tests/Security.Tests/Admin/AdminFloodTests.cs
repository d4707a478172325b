using Microsoft.Extensions.DependencyInjection;
using Smcp.Security.Audit;
using Smcp.Tenants;

namespace Smcp.Admin;

/// <summary>What may not be done costs whoever asks, and not the log that must be kept.</summary>
public sealed class AdminFloodTests : IAsyncLifetime
{
    private AdminSite _site = null!;

    public async Task InitializeAsync()
    {
        _site = await AdminSite.StartAsync();
        await _site.ProvisionAsync("acme");
    }

    public async Task DisposeAsync() => await _site.DisposeAsync();

    [Fact]
    public async Task RefusedChanges_AreCounted_AndNotRecordedEach()
    {
        var (key, _) = await _site.KeyAsync("acme", "read-only");
        var before = (await EventsAsync("acme")).Count;
        for (var i = 0; i < 100; i++)
        {
            using var response = await _site.SendAsync("DELETE", $"/tenants/acme/keys/x{i}", key);
            Assert.Equal(403, (int)response.StatusCode);
        }

        _site.Host.Clock.Advance(TimeSpan.FromMinutes(2));
        var events = (await EventsAsync("acme")).Skip(before).ToList();

        var denied = events.Where(e => e.Outcome == AuditOutcome.Denied).ToList();
        Assert.Equal(100, denied.Sum(e => Math.Max(1, e.Count)));
        Assert.InRange(denied.Count, 2, 20);
        Assert.Contains("key.revoked:tenants/acme/keys/x0", denied.Select(e => e.Target));
        Assert.DoesNotContain(AuditOutcome.Started, events.Select(e => e.Outcome));
    }

    [Fact]
    public async Task RefusedChangesOfWhoMay_AreBounded_AndThenCounted()
    {
        var (key, _) = await _site.KeyAsync("acme", "admin");
        var (other, _) = await _site.KeyAsync("acme", "admin");
        var before = (await EventsAsync("acme")).Count;
        var statuses = new List<int>();
        for (var i = 0; i < 200; i++)
        {
            using var response = await _site.SendAsync("POST", $"/tenants/acme/users/x{i}/enable", key);
            statuses.Add((int)response.StatusCode);
        }

        using var over = await _site.SendAsync("POST", "/tenants/acme/users/x/enable", key);
        using var others = await _site.SendAsync("POST", "/tenants/acme/users/x/enable", other);
        _site.Host.Clock.Advance(TimeSpan.FromMinutes(2));
        using var later = await _site.SendAsync("POST", "/tenants/acme/users/x/enable", key);
        var events = (await EventsAsync("acme")).Skip(before).ToList();

        Assert.Equal((60, 140), (statuses.Count(s => s == 404), statuses.Count(s => s == 429)));
        Assert.NotNull(over.Headers.RetryAfter);
        Assert.Equal((404, 404), ((int)others.StatusCode, (int)later.StatusCode));
        Assert.Equal(62, events.Count(e => e.Outcome == AuditOutcome.Started));
        var counted = events.Where(e => e.Reason == "too-many-refused").ToList();
        Assert.Equal(141, counted.Sum(e => Math.Max(1, e.Count)));
        Assert.InRange(counted.Count, 2, 20);
    }

    [Fact]
    public async Task UrgentChangesOfWhoMay_AreBegun_HoweverManyWereRefused()
    {
        var (shared, _) = await _site.KeyAsync("acme", "admin");
        var (_, stolen) = await _site.KeyAsync("acme", "admin");
        for (var i = 0; i < 70; i++)
        {
            using var refused = await _site.SendAsync("POST", $"/tenants/acme/users/x{i}/enable", shared);
        }

        using var over = await _site.SendAsync("POST", "/tenants/acme/users/x/enable", shared);
        using var unknown = await _site.SendAsync("DELETE", "/tenants/acme/keys/x", shared);
        using var revoked = await _site.SendAsync("DELETE", $"/tenants/acme/keys/{stolen}", shared);
        using var export = await _site.SendAsync("GET", "/tenants/acme/audit/export", shared);

        Assert.Equal((429, 404), ((int)over.StatusCode, (int)unknown.StatusCode));
        Assert.Equal((204, 200), ((int)revoked.StatusCode, (int)export.StatusCode));
        var done = (await EventsAsync("acme")).Where(e => e.Target == $"tenants/acme/keys/{stolen}");
        Assert.Equal([AuditOutcome.Started, AuditOutcome.Success], done.Select(e => e.Outcome));
    }

    [Fact]
    public void UrgentRoutes_AreWhatEndsSomething_AndTheExport()
    {
        string[] urgent =
        [
            "deleteClient", "deleteConnection", "deleteRole", "deleteSecret", "deleteTenant", "disableUser",
            "endUserSessions", "exportAudit", "removeServer", "revokeKey", "revokeServerVersion", "revokeUserGrant",
            "revokeUserGrants", "stopServer", "suspendTenant", "withdrawSecret",
        ];

        Assert.Equal(urgent, _site.Routes.All.Where(route => route.IsUrgent).Select(route => route.Name).Order());
    }

    [Fact]
    public async Task ChangesOfWhoMay_AreNotBounded_WhileTheyAreDone()
    {
        var (key, _) = await _site.KeyAsync("acme", "admin");
        for (var i = 0; i < 80; i++)
        {
            using var response = await _site.SendAsync(
                "PATCH", "/tenants/acme/configuration", key, new { displayName = $"A{i}" });
            Assert.Equal(200, (int)response.StatusCode);
        }
    }

    [Theory]
    [InlineData("acme")]
    [InlineData("default")]
    public async Task Change_IsNotBegun_ByWhoMayNot(string asker)
    {
        var (key, _) = await _site.KeyAsync(asker, "read-only");
        var allowed = new List<string>();
        foreach (var route in _site.Routes.All.Where(route => route.Action is not null))
        {
            var path = route.Path.Replace("{tenant}", "acme", StringComparison.Ordinal)
                .Replace("{", string.Empty, StringComparison.Ordinal)
                .Replace("}", string.Empty, StringComparison.Ordinal);
            using var response = await _site.SendAsync(route.Method, path, key);
            if ((int)response.StatusCode is not (403 or 404))
            {
                allowed.Add($"{route.Name}: {(int)response.StatusCode}");
            }
        }

        Assert.Empty(allowed);
        foreach (var tenant in (string[])["acme", "default", "platform"])
        {
            Assert.DoesNotContain(AuditOutcome.Started, (await EventsAsync(tenant)).Select(e => e.Outcome));
        }
    }

    [Fact]
    public async Task Principal_HasItsQuotaHereToo_AndAnotherItsOwn()
    {
        Assert.Null((await _site.Host.Grains.Locate<ITenantGrain>("acme").ConfigureAsync(
            AdminSite.ContextOf("platform", "platform.*:*"),
            new TenantConfiguration { Quotas = new TenantQuotas { PrincipalRequestsPerMinute = 3 } },
            null,
            default)).Fault);
        _site.Host.Clock.Advance(TimeSpan.FromSeconds(2));
        var (noisy, _) = await _site.KeyAsync("acme", "admin");
        var (quiet, _) = await _site.KeyAsync("acme", "admin");
        var statuses = new List<int>();
        for (var i = 0; i < 20; i++)
        {
            using var response = await _site.SendAsync("GET", "/tenants/acme", noisy);
            statuses.Add((int)response.StatusCode);
        }

        using var over = await _site.SendAsync("DELETE", "/tenants/acme/keys/x", noisy);
        using var other = await _site.SendAsync("GET", "/tenants/acme", quiet);

        Assert.Equal(200, statuses[0]);
        Assert.InRange(statuses.Count(status => status == 429), 15, 19);
        Assert.Equal((429, 200), ((int)over.StatusCode, (int)other.StatusCode));
        Assert.Equal("application/problem+json", over.Content.Headers.ContentType!.MediaType);
        Assert.Equal("urn:smcp:problem:limit-exceeded", (string)(await AdminSite.JsonOfAsync(over))["type"]!);
        Assert.NotNull(over.Headers.RetryAfter);
        Assert.Equal("\"principal\";q=3;qu=\"requests\";w=60", over.Headers.GetValues("RateLimit-Policy").Single());
        Assert.StartsWith("\"principal\";r=0;t=", over.Headers.GetValues("RateLimit").Single());
    }

    [Theory]
    [InlineData("smcp_default_guess", true)]
    [InlineData("", true)]
    [InlineData(null, false)]
    public async Task RefusedCredential_CostsItsAddressMore_AndNoneDoesNot(string? credential, bool isLimited)
    {
        await using var host = await SecurityHost.StartAsync(null, ("Smcp:Gateway:Limits:LimitLoopback", "true"));
        var statuses = new List<int>();
        for (var i = 0; i < 60; i++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/tenants/default");
            if (credential is not null)
            {
                request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {credential}");
            }

            using var response = await host.Client.SendAsync(request);
            statuses.Add((int)response.StatusCode);
        }

        Assert.Equal(401, statuses[0]);
        Assert.Equal(isLimited ? 429 : 401, statuses[^1]);
    }

    [Fact]
    public async Task Record_NamesWhatWasMade()
    {
        using var made = await _site.SendAsync(
            "POST", "/tenants/acme/keys", _site.Operator,
            new { name = "k", scopes = new[] { "mcp:tools" }, roles = new[] { "mcp-user" } });
        var id = (string)(await AdminSite.JsonOfAsync(made))["key"]!["keyId"]!;

        var created = (await EventsAsync("acme")).Single(e => e.Action == AuditActions.KeyCreated);

        Assert.Equal($"tenants/acme/keys/{id}", created.Target);
    }

    [Theory]
    [InlineData("values")]
    [InlineData("objects")]
    public async Task Record_NamesWhatWasRemoved(string kind)
    {
        using var removed = await _site.SendAsync(
            "DELETE", $"/tenants/default/servers/notes/{kind}?key=a%2Fb%0Ac", _site.Operator);
        Assert.Equal(404, (int)removed.StatusCode);

        var targets = (await EventsAsync("platform"))
            .Where(e => e.Action == AuditActions.DataDeleted).Select(e => e.Target).ToList();

        Assert.Equal(2, targets.Count);
        Assert.All(targets, target => Assert.Equal($"tenants/default/servers/notes/{kind}/a/b c", target));
    }

    /// <summary>What a tenant's log holds, once what waits to be recorded is.</summary>
    private async Task<List<AuditEvent>> EventsAsync(string tenant)
    {
        var trail = _site.Host.Services.GetRequiredService<AuditTrail>();
        for (var i = 0; i < 1_000 && trail.Held > 0; i++)
        {
            _site.Host.Clock.Advance(TimeSpan.FromMilliseconds(50));
            using var response = await _site.Host.Client.GetAsync("/jwks");
        }

        var events = new List<AuditEvent>();
        await foreach (var page in _site.Host.Grains.Locate<IAuditGrain>(tenant).ExportAsync(
            AdminSite.ContextOf("platform", "platform.*:*", "admin.*:*"),
            new AuditQuery { IsOldestFirst = true },
            default))
        {
            Assert.Null(page.Fault);
            events.AddRange(page.Records.Select(record => record.ReadEntry().Event));
        }

        return events;
    }
}
