using System.Collections.Frozen;
using Microsoft.Extensions.DependencyInjection;
using Smcp.Identity;
using Smcp.Identity.OAuth;
using Smcp.Identity.Users;
using Smcp.Runtimes;
using Smcp.Security.Secrets;
using Smcp.Servers;
using Smcp.Servers.Deploying;
using Smcp.Tenants;

namespace Smcp.Admin;

/// <summary>
/// Every route of the API by everybody who may ask: what the table says, and nothing is left out of the table.
/// </summary>
public sealed class AccessMatrixTests : IAsyncLifetime
{
    private static readonly string[] Roles = ["nobody", "read-only", "mcp-user", "admin", "operator", "other admin"];

    private static readonly int[] OperatorsOnly = [401, 403, 403, 403, 200, 404];
    private static readonly int[] OfInstallation = [401, 403, 403, 403, 200, 403];
    private static readonly int[] Admins = [401, 403, 403, 200, 200, 404];
    private static readonly int[] AdminsMaking = [401, 403, 403, 201, 201, 404];
    private static readonly int[] AdminsEnding = [401, 403, 403, 204, 204, 404];
    private static readonly int[] Readers = [401, 200, 403, 200, 200, 404];

    private static readonly FrozenDictionary<string, int[]> Table = new Dictionary<string, int[]>
    {
        ["listTenants"] = OfInstallation,
        ["provisionTenant"] = [401, 403, 403, 403, 201, 403],
        ["readTenant"] = Admins,
        ["deleteTenant"] = [401, 403, 403, 403, 204, 404],
        ["suspendTenant"] = OperatorsOnly,
        ["resumeTenant"] = OperatorsOnly,
        ["readConfiguration"] = Admins,
        ["putConfiguration"] = Admins,
        ["patchConfiguration"] = Admins,
        ["listVersions"] = Admins,
        ["restoreVersion"] = Admins,
        ["listRoles"] = Admins,
        ["readRole"] = Admins,
        ["putRole"] = Admins,
        ["deleteRole"] = AdminsEnding,
        ["listKeys"] = Admins,
        ["createKey"] = AdminsMaking,
        ["rotateKey"] = Admins,
        ["revokeKey"] = AdminsEnding,
        ["listUsers"] = Admins,
        ["inviteUser"] = AdminsMaking,
        ["readUser"] = Admins,
        ["putUserRoles"] = Admins,
        ["disableUser"] = Admins,
        ["enableUser"] = Admins,
        ["reinviteUser"] = Admins,
        // Users end their own; of another's they are not even told that they are there.
        ["endUserSessions"] = [401, 404, 404, 204, 204, 404],
        ["listUserGrants"] = Admins,
        ["revokeUserGrants"] = AdminsEnding,
        ["revokeUserGrant"] = AdminsEnding,
        ["listClients"] = Admins,
        ["createClient"] = AdminsMaking,
        ["readClient"] = Admins,
        ["rotateClient"] = Admins,
        ["deleteClient"] = AdminsEnding,
        ["listServers"] = Readers,
        ["readServer"] = Readers,
        ["deployServer"] = OperatorsOnly,
        ["removeServer"] = [401, 403, 403, 403, 204, 404],
        ["putServerAccess"] = Admins,
        ["readServerStatus"] = Readers,
        ["readServerLogs"] = Readers,
        ["stopServer"] = Admins,
        ["startServer"] = Admins,
        ["listServerVersions"] = Readers,
        ["deployServerVersion"] = AdminsMaking,
        ["readServerVersion"] = Readers,
        ["activateServerVersion"] = Admins,
        ["revokeServerVersion"] = Admins,
        ["removeServerVersion"] = AdminsEnding,
        ["readServerManifest"] = Readers,
        ["captureServerManifest"] = Admins,
        ["approveServerManifest"] = Admins,
        ["listConnections"] = Admins,
        ["deleteConnection"] = AdminsEnding,
        ["listSecrets"] = Admins,
        ["putSecret"] = Admins,
        ["deleteSecret"] = AdminsEnding,
        ["listServerSecrets"] = Admins,
        ["grantSecret"] = Admins,
        ["withdrawSecret"] = Admins,
        ["readStorage"] = Admins,
        ["listValues"] = Admins,
        ["deleteValue"] = AdminsEnding,
        ["listObjects"] = Admins,
        ["deleteObject"] = AdminsEnding,
        ["searchAudit"] = Admins,
        ["verifyAudit"] = Admins,
        ["exportAudit"] = Admins,
        ["readUsage"] = Readers,
        ["readCpu"] = Readers,
        ["readEgress"] = Readers,
        ["readEncryption"] = OfInstallation,
        ["rotateMasterKey"] = OfInstallation,
        ["readTenantEncryption"] = Admins,
        ["rotateTenantKey"] = Admins,
    }.ToFrozenDictionary();

    private AdminSite _site = null!;
    private int _tenants;
    private string? _manifest;

    public async Task InitializeAsync() => _site = await AdminSite.StartAsync(
        services => services.AddSingleton<IServerRuntimeFactory>(new NumberedRuntimeFactory()));

    public async Task DisposeAsync() => await _site.DisposeAsync();

    [Fact]
    public void Table_HasEveryRoute_AndNoOther() =>
        Assert.Equal(
            _site.Routes.All.Select(route => route.Name).Order(StringComparer.Ordinal),
            Table.Keys.Order(StringComparer.Ordinal));

    [Fact]
    public async Task Route_AnswersEachRole_AsTheTableSays()
    {
        var wrong = new List<string>();
        foreach (var route in _site.Routes.All.Where(route => Table.ContainsKey(route.Name)))
        {
            for (var i = 0; i < Roles.Length; i++)
            {
                var (status, body) = await AskAsync(route, Roles[i]);
                if (status != Table[route.Name][i])
                {
                    wrong.Add($"{route.Name} by {Roles[i]}: {status}, not {Table[route.Name][i]}: {body}");
                }
            }
        }

        Assert.Empty(wrong);
    }

    /// <summary>Each asks of a tenant that nobody touched before; of its servers, in the one that has some.</summary>
    private async Task<(int Status, string Body)> AskAsync(AdminRoute route, string role)
    {
        var tenant = $"t{++_tenants}";
        await _site.ProvisionAsync(tenant);
        var target = route.Path.Contains("/servers", StringComparison.Ordinal) ? "default" : tenant;
        var (other, asker) = (target == "default" ? tenant : "default", target);
        var key = role switch
        {
            "nobody" => null,
            "operator" => _site.Operator,
            "other admin" => (await _site.KeyAsync(other, "admin")).Text,
            _ => (await _site.KeyAsync(asker, role)).Text,
        };
        var path = await PathAsync(route, target);
        (string, string)[] headers = route.NeedsVersion ? [("If-Match", "*")] : [];
        using var response = await _site.SendAsync(route.Method, path, key, BodyOf(route), headers);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    /// <summary>The path of things that are there.</summary>
    private async Task<string> PathAsync(AdminRoute route, string tenant)
    {
        var path = route.Path.Replace("{tenant}", tenant, StringComparison.Ordinal)
            .Replace("{version}", "1", StringComparison.Ordinal)
            .Replace("{server}", "notes", StringComparison.Ordinal)
            .Replace("{role}", "helpers", StringComparison.Ordinal);
        path = await OfAServerAsync(route, path);
        var context = AdminSite.ContextOf(tenant, "mcp.*:*", "admin.*:*");
        if (path.Contains("/notes/versions", StringComparison.Ordinal))
        {
            path = await OfAVersionAsync(route, path, tenant, context);
        }

        if (path.Contains("/roles/helpers", StringComparison.Ordinal))
        {
            var helpers = new RoleDefinition { Name = "helpers", Permissions = [Permission.Parse("mcp.use:*")] };
            await _site.Host.Grains.Locate<ITenantGrain>(tenant).PutRoleAsync(context, helpers, null, default);
        }

        if (path.Contains("{key}", StringComparison.Ordinal))
        {
            var (_, id) = await _site.KeyAsync(tenant, "mcp-user");
            path = path.Replace("{key}", id, StringComparison.Ordinal);
        }

        if (path.Contains("{user}", StringComparison.Ordinal))
        {
            path = await OfAUserAsync(path, tenant, context);
        }

        if (path.Contains("{client}", StringComparison.Ordinal))
        {
            var made = await _site.Host.Grains.Locate<IClientsGrain>(tenant).CreateAsync(
                context,
                new ClientRequest
                {
                    Name = "robot",
                    Authentication = ClientAuthentication.SecretBasic,
                    Roles = ["mcp-user"],
                },
                default);
            path = path.Replace("{client}", made.Client!.Id.ToString(), StringComparison.Ordinal);
        }

        if (path.Contains("{secret}", StringComparison.Ordinal))
        {
            var secret = new SecretWrite { Name = "API_KEY", Value = "v" };
            await _site.Host.Grains.Locate<ISecretsGrain>(tenant).SetAsync(context, secret, default);
            path = path.Replace("{secret}", "API_KEY", StringComparison.Ordinal);
        }

        return route.Name is "deleteValue" or "deleteObject" ? await StoredAsync(path, tenant) : path;
    }

    /// <summary>Each removes a server of its own; and an administrator starts none that an operator stopped.</summary>
    private async Task<string> OfAServerAsync(AdminRoute route, string path)
    {
        if (route.Name == "removeServer")
        {
            path = path.Replace("notes", "deployed", StringComparison.Ordinal);
            using var deployed = await _site.SendAsync("PUT", path, _site.Operator, new { source = "notes" });
            Assert.Equal(200, (int)deployed.StatusCode);
        }

        if (route.Name == "startServer")
        {
            using var started = await _site.SendAsync("POST", path, _site.Operator);
            Assert.Equal(200, (int)started.StatusCode);
        }

        return path;
    }

    /// <summary>Each asks of a server that has one version, and makes another.</summary>
    private async Task<string> OfAVersionAsync(AdminRoute route, string path, string tenant, CallContext context)
    {
        var server = $"own{_tenants}";
        if (route.Name != "deployServerVersion")
        {
            var made = await _site.Host.Grains.Locate<IServerListGrain>(tenant).AddVersionAsync(
                context,
                ServerId.Parse(server),
                new VersionRequest { Document = """
                    {"runtime":"process","manifest":"live","process":{"command":"x","args":["a"]}}
                    """u8.ToArray() },
                default);
            Assert.Null(made.Fault);
        }

        if (route.Name is "readServerManifest" or "approveServerManifest")
        {
            var captured = await _site.Host.Grains.Locate<IServerGrain>($"{tenant}/{server}")
                .CaptureManifestAsync(context, 1, default);
            _manifest = captured.Version!.Manifest;
            Assert.NotNull(_manifest);
        }

        return path.Replace("notes", server, StringComparison.Ordinal);
    }

    private async Task<string> OfAUserAsync(string path, string tenant, CallContext context)
    {
        var invited = await _site.Host.Grains.Locate<IUserDirectoryGrain>(tenant).InviteAsync(
            context, new UserInvitation { LoginName = LoginName.Parse("bob"), Roles = ["mcp-user"] }, default);
        path = path.Replace("{user}", invited.User!.Id.ToString(), StringComparison.Ordinal);
        if (path.Contains("{grant}", StringComparison.Ordinal))
        {
            var grant = GrantId.Random();
            var user = new UserKey(TenantId.Parse(tenant), invited.User.Id);
            await _site.Host.Grains.Locate<IUserGrantsGrain>(user.ToString())
                .AddAsync(grant, ClientId.Parse("client"), default);
            path = path.Replace("{grant}", grant.ToString(), StringComparison.Ordinal);
        }

        return path;
    }

    private async Task<string> StoredAsync(string path, string tenant)
    {
        var key = new InstanceKey(TenantId.Parse(tenant), ServerId.Parse("notes"), "shared");
        var data = _site.Host.Services.GetRequiredService<InstanceData>().Of(key);
        await data.KeyValues.SetAsync("a/b", "1"u8.ToArray());
        await data.Objects.PutAsync("a/b", new MemoryStream([1]));
        return $"{path}?key=a%2Fb";
    }

    private object? BodyOf(AdminRoute route) => route.Name switch
    {
        "provisionTenant" => new { id = $"n{_tenants}" },
        "putConfiguration" or "patchConfiguration" => new { displayName = "Named" },
        "putRole" => new { permissions = new[] { "mcp.use:*" } },
        "createKey" => new { name = "k", scopes = new[] { "mcp:tools" }, roles = new[] { "mcp-user" } },
        "rotateKey" or "rotateClient" => new { },
        "createClient" => new { name = "app", redirectUris = new[] { "https://app.example/cb" } },
        "inviteUser" => new { loginName = "carol", roles = new[] { "mcp-user" } },
        "putUserRoles" => new { roles = new[] { "read-only" } },
        "putSecret" => new { value = "v" },
        "deployServer" => new { source = "notes" },
        "putServerAccess" => new { kind = "tenant" },
        "deployServerVersion" => new { runtime = "process", process = new { command = "x" } },
        "approveServerManifest" => new { hash = _manifest },
        "activateServerVersion" or "stopServer" => new { },
        _ when route.Body is null => null,
        _ => throw new InvalidOperationException($"{route.Name} needs a body here."),
    };
}
