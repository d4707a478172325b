using System.Text.Json.Nodes;
using Smcp.Identity;
using Smcp.Identity.OAuth;
using Smcp.Tenants;

namespace Smcp.Admin;

/// <summary>Nobody becomes more than he is by way of what others have, and no scope is stepped over.</summary>
public sealed class EscalationTests : IAsyncLifetime
{
    private AdminSite _site = null!;

    public async Task InitializeAsync()
    {
        _site = await AdminSite.StartAsync();
        await _site.ProvisionAsync("acme");
    }

    public async Task DisposeAsync() => await _site.DisposeAsync();

    /// <summary>A key's new text is its holder's power, and its end locks its holder out.</summary>
    [Fact]
    public async Task KeyOfOneWhoMayDoMore_IsNotTheirs_WhoMayOnlyWriteKeys()
    {
        var (_, admins) = await _site.KeyAsync("acme", "admin");
        var clerk = await ClerkAsync("acme", "admin.write:keys");
        var (_, colleagues) = await _site.KeyAsync("acme", "clerk");

        using var rotated = await _site.SendAsync("POST", $"/tenants/acme/keys/{admins}/rotate", clerk.Key, new { });
        using var ended = await _site.SendAsync("DELETE", $"/tenants/acme/keys/{admins}", clerk.Key);
        using var own = await _site.SendAsync("POST", $"/tenants/acme/keys/{clerk.Id}/rotate", clerk.Key, new { });
        using var like = await _site.SendAsync("DELETE", $"/tenants/acme/keys/{colleagues}", clerk.Key);
        using var above = await _site.SendAsync("DELETE", $"/tenants/acme/keys/{clerk.Id}", _site.Operator);

        Assert.Equal((403, 403), ((int)rotated.StatusCode, (int)ended.StatusCode));
        Assert.Equal((200, 204, 204), ((int)own.StatusCode, (int)like.StatusCode, (int)above.StatusCode));
    }

    [Fact]
    public async Task UserWhoMayDoMore_IsNotLoggedOutOrDisconnected_ByWhoMayOnlyWriteUsers()
    {
        var clerk = await ClerkAsync("default", "admin.write:users");
        var boss = await _site.Host.JoinAsync("boss", "admin");
        var like = await _site.Host.JoinAsync("like", "clerk");
        (string Method, string Path)[] deeds =
        [
            ("POST", "/end-sessions"), ("DELETE", "/grants"), ("DELETE", $"/grants/{GrantId.Random()}"),
        ];
        foreach (var (method, path) in deeds)
        {
            using var over = await _site.SendAsync(method, $"/tenants/default/users/{boss}{path}", clerk.Key);
            using var equal = await _site.SendAsync(method, $"/tenants/default/users/{like}{path}", clerk.Key);
            using var above = await _site.SendAsync(
                method, $"/tenants/default/users/{boss}{path}", _site.Operator);

            // There is no such grant, and only who may end it is told so.
            var done = path.Contains("grants/", StringComparison.Ordinal) ? 404 : 204;
            Assert.Equal(
                (403, done, done), ((int)over.StatusCode, (int)equal.StatusCode, (int)above.StatusCode));
        }
    }

    [Fact]
    public async Task OperatorsKey_IsNotThePlatformsAdministrators()
    {
        var (admin, _) = await _site.KeyAsync("platform", "admin");
        using var list = await _site.SendAsync("GET", "/tenants/platform/keys", _site.Operator);
        var ids = (await AdminSite.JsonOfAsync(list))["items"]!.AsArray()
            .Where(key => key!["roles"]!.AsArray().Any(role => (string)role! == "operator"))
            .Select(key => (string)key!["keyId"]!);

        using var rotated = await _site.SendAsync(
            "POST", $"/tenants/platform/keys/{ids.Single()}/rotate", admin, new { });
        using var ended = await _site.SendAsync("DELETE", $"/tenants/platform/keys/{ids.Single()}", admin);
        using var goesOn = await _site.SendAsync("GET", "/tenants", _site.Operator);

        Assert.Equal((403, 403), ((int)rotated.StatusCode, (int)ended.StatusCode));
        Assert.Equal(200, (int)goesOn.StatusCode);
    }

    [Fact]
    public async Task ClientThatMayDoMore_IsNotTheirs_WhoMayWriteClients()
    {
        var admin = (await _site.KeyAsync("acme", "admin")).Text;
        using var created = await _site.SendAsync(
            "POST", "/tenants/acme/clients", admin,
            new { name = "robot", authentication = "secretPost", roles = new[] { "admin" } });
        var id = (string)(await AdminSite.JsonOfAsync(created))["client"]!["id"]!;
        var clerk = await ClerkAsync("acme", "admin.write:clients");

        using var rotated = await _site.SendAsync(
            "POST", $"/tenants/acme/clients/{id}/rotate", clerk.Key, new { });
        using var ended = await _site.SendAsync("DELETE", $"/tenants/acme/clients/{id}", clerk.Key);
        using var above = await _site.SendAsync("DELETE", $"/tenants/acme/clients/{id}", admin);

        Assert.Equal((403, 403), ((int)rotated.StatusCode, (int)ended.StatusCode));
        Assert.Equal(204, (int)above.StatusCode);
    }

    [Fact]
    public async Task ProvidersRoles_AreNotTurnedToOthers_ByWhoMayNotGiveThem()
    {
        var admin = (await _site.KeyAsync("acme", "admin")).Text;
        var provider = new
        {
            federation = new
            {
                issuer = "https://id.example.org",
                clientId = "c",
                displayName = "Acme",
                roleMap = new Dictionary<string, string> { ["it"] = "admin" },
            },
        };
        using var set = await _site.SendAsync("PATCH", "/tenants/acme/configuration", admin, provider);
        var clerk = await ClerkAsync("acme", "admin.write:tenants", "admin.read:tenants");

        using var turned = await _site.SendAsync(
            "PATCH", "/tenants/acme/configuration", clerk.Key,
            new { federation = new { defaultRoles = new[] { "admin" } } });
        using var named = await _site.SendAsync(
            "PATCH", "/tenants/acme/configuration", clerk.Key, new { federation = new { displayName = "Acme Inc" } });

        Assert.Equal(200, (int)set.StatusCode);
        Assert.Equal(403, (int)turned.StatusCode);
        Assert.Equal(200, (int)named.StatusCode);
    }

    /// <summary>Every route, by the strongest roles, with a scope that is not of the administration.</summary>
    [Theory]
    [InlineData("acme", "admin")]
    [InlineData("platform", "operator")]
    public async Task NarrowScope_OpensNoRoute_WhateverTheRole(string tenant, string role)
    {
        var key = await NarrowKeyAsync(tenant, role);
        var open = new List<string>();
        foreach (var route in _site.Routes.All)
        {
            var path = route.Path.Replace("{tenant}", "acme", StringComparison.Ordinal);
            foreach (var parameter in route.Parameters)
            {
                path = path.Replace($"{{{parameter}}}", "1", StringComparison.Ordinal);
            }

            (string, string)[] headers = route.NeedsVersion ? [("If-Match", "*")] : [];
            using var response = await _site.SendAsync(
                route.Method, path, key, route.Body is null ? null : new JsonObject(), headers);
            if (response.IsSuccessStatusCode)
            {
                open.Add(route.Name);
            }
        }

        Assert.Empty(open);
    }

    [Theory]
    [InlineData(McpScopes.Read, true)]
    [InlineData(McpScopes.Admin, false)]
    public async Task UsersOwnGrants_AreNotForAnAppOfNarrowScope(string scope, bool isRefused)
    {
        var user = Identity.Users.UserId.Parse("u-1");
        var grants = _site.Host.Grains.Locate<IUserGrantsGrain>(
            new Identity.Users.UserKey(TenantId.Parse("acme"), user).ToString());
        var context = AdminSite.ContextOf("acme") with { Principal = user.Principal, Scopes = [scope] };

        var listed = await grants.ListAsync(context, null, 10, default);
        var ended = await grants.RevokeAllAsync(context, default);

        Assert.Equal(isRefused, listed.Fault is not null);
        Assert.Equal(isRefused, ended is not null);
    }

    /// <summary>A key whose role has these permissions alone.</summary>
    private async Task<(string Key, string Id)> ClerkAsync(string tenant, params string[] permissions)
    {
        var role = new RoleDefinition { Name = "clerk", Permissions = [.. permissions.Select(Permission.Parse)] };
        var put = await _site.Host.Grains.Locate<ITenantGrain>(tenant).PutRoleAsync(
            AdminSite.ContextOf(tenant, "mcp.*:*", "admin.*:*"), role, null, default);
        Assert.Null(put.Fault);
        var (key, id) = await _site.KeyAsync(tenant, "clerk");
        return (key, id);
    }

    private async Task<string> NarrowKeyAsync(string tenant, string role)
    {
        var issued = await _site.Host.Grains.Locate<IApiKeysGrain>(tenant).CreateAsync(
            AdminSite.ContextOf(tenant, "mcp.*:*", "admin.*:*", "platform.*:*"),
            new ApiKeyRequest { Name = role, Scopes = [McpScopes.Read], Roles = [role] },
            default);
        Assert.Null(issued.Fault);
        return issued.Text!;
    }
}
