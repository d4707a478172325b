using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Smcp.Admin;
using Smcp.Identity;
using Smcp.ResourceServer;
using Smcp.Runtimes;

namespace Smcp.Servers;

/// <summary>The product with a tenant <c>acme</c>, whose administrator deploys servers of its own.</summary>
internal sealed class DeploySite : IAsyncDisposable
{
    public const string Server = "/tenants/acme/servers/tools";
    public const string Versions = Server + "/versions";

    private DeploySite(AdminSite site) => Site = site;

    public AdminSite Site { get; }

    public NumberedRuntimeFactory Factory { get; private init; } = new();

    /// <summary>A key that administers the tenant.</summary>
    public string Admin { get; private set; } = string.Empty;

    public static async Task<DeploySite> StartAsync(Action<IServiceCollection>? configure = null)
    {
        var factory = new NumberedRuntimeFactory();
        var site = new DeploySite(await AdminSite.StartAsync(services =>
        {
            services.AddSingleton<IServerRuntimeFactory>(factory);
            configure?.Invoke(services);
        }))
        {
            Factory = factory,
        };
        await site.Site.ProvisionAsync("acme");
        site.Admin = (await site.Site.KeyAsync("acme", "admin")).Text;
        return site;
    }

    public static JsonObject Settings(string manifest = "live", string scope = "shared", params string[] tools) => new()
    {
        ["runtime"] = "process",
        ["scope"] = scope,
        ["manifest"] = manifest,
        ["process"] = new JsonObject
        {
            ["command"] = "x",
            ["args"] = new JsonArray([.. tools.DefaultIfEmpty("which").Select(tool => (JsonNode)tool)]),
        },
    };

    /// <summary>Sends it, and expects the status.</summary>
    public async Task<JsonObject> SendAsync(
        int status, string method, string path, JsonNode? body = null, string? key = null)
    {
        using var response = await Site.SendAsync(method, path, key ?? Admin, body?.ToJsonString());
        var text = await response.Content.ReadAsStringAsync();
        Assert.True((int)response.StatusCode == status, $"{(int)response.StatusCode}: {text}");
        return text.Length == 0 ? [] : JsonNode.Parse(text)!.AsObject();
    }

    public async Task<(int Status, JsonObject Body)> UploadAsync(
        Stream archive, string path = Versions, string? key = null, string? idempotency = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, AdminRoutes.Prefix + path)
        {
            Content = new StreamContent(archive),
        };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/zip");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key ?? Admin);
        if (idempotency is not null)
        {
            request.Headers.Add("Idempotency-Key", idempotency);
        }

        using var response = await Site.Host.Client.SendAsync(request);
        return ((int)response.StatusCode, await AdminSite.JsonOfAsync(response));
    }

    /// <summary>Makes a version and brings it into use; its number.</summary>
    public async Task<long> ActivateAsync(JsonObject settings, JsonObject? how = null)
    {
        var made = await SendAsync(201, "POST", Versions + "?new=true", settings);
        var number = (long)made["version"]!["number"]!;
        await SendAsync(200, "POST", $"{Versions}/{number}/activate", how ?? []);
        return number;
    }

    /// <summary>A client of the tenant, with a key of its own.</summary>
    public async Task<McpCaller> CallerAsync(string revision)
    {
        var issued = await Site.Host.Grains.Locate<IApiKeysGrain>("acme").CreateAsync(
            AdminSite.ContextOf("acme", "mcp.*:*", "admin.*:*"),
            new ApiKeyRequest { Name = "client", Scopes = [McpScopes.Tools], Roles = ["mcp-user"] },
            default);
        Assert.Null(issued.Fault);
        return McpCaller.Of(Site.Host, revision, issued.Text, "/t/acme/s/tools/mcp");
    }

    /// <summary>Which version answers the caller; or the status where none does.</summary>
    public static async Task<string> WhichAsync(McpCaller caller)
    {
        using var response = await caller.SendAsync("tools/call", """{"name":"which","arguments":{}}""");
        var body = await response.Content.ReadAsStringAsync();
        return (int)response.StatusCode == 200
            ? (string?)JsonNode.Parse(body)!["result"]?["content"]?[0]?["text"] ?? body
            : $"{(int)response.StatusCode}";
    }

    public ValueTask DisposeAsync() => Site.DisposeAsync();
}
