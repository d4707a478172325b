using System.IO.Compression;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol.Client;
using Smcp.Admin;
using Smcp.Identity;
using Smcp.Network.Egress.Proxying;
using Smcp.Runtimes.OpenApi;
using Smcp.Runtimes.Remote;
using Smcp.Servers;
using Smcp.TestSupport;

namespace Smcp.OpenApi;

/// <summary>
/// The product, whose tenant's administrator deploys descriptions of an API that runs on this machine.
/// </summary>
internal sealed class ApiSite : IAsyncDisposable
{
    private ApiSite(DeploySite deploy, PetsApi api) => (Deploy, Api) = (deploy, api);

    public DeploySite Deploy { get; }

    public PetsApi Api { get; }

    public CollectedLog Log { get; private init; } = new();

    /// <param name="allowsLoopback">Whether the operator lets servers elsewhere be on this machine.</param>
    /// <param name="configure">What the test has otherwise than the product.</param>
    public static async Task<ApiSite> StartAsync(
        bool allowsLoopback = true, Action<IServiceCollection>? configure = null)
    {
        var log = new CollectedLog();
        var api = await PetsApi.StartAsync();
        var deploy = await DeploySite.StartAsync(services =>
        {
            services.AddOpenApiServers();
            services.AddSingleton(TimeProvider.System);
            services.Configure<RemoteRuntimeOptions>(options => options.RequireTls = false);
            if (allowsLoopback)
            {
                services.Configure<EgressProxyOptions>(
                    options => options.InternalPlaces.Add($"127.0.0.1:{api.Url.Port}"));
            }

            log.AddTo(services);
            configure?.Invoke(services);
        });
        return new ApiSite(deploy, api) { Log = log };
    }

    /// <summary>Sends a description with settings; the answer.</summary>
    public async Task<(int Status, JsonObject Body)> UploadAsync(string description, JsonObject openapi)
    {
        var settings = new JsonObject { ["runtime"] = "openapi", ["openapi"] = openapi };
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            await WriteAsync(zip, "smcp.json", settings.ToJsonString());
            await WriteAsync(zip, "openapi.json", description);
        }

        stream.Position = 0;
        return await Deploy.UploadAsync(stream);
    }

    /// <summary>Deploys it, approves what it offers, and brings it into use.</summary>
    public async Task ServeAsync(string description, JsonObject openapi)
    {
        var (status, body) = await UploadAsync(description, openapi);
        Assert.True(status == 201, body.ToJsonString());
        var version = $"{DeploySite.Versions}/{body["version"]!["number"]}";
        var approval = new JsonObject { ["hash"] = (string)body["manifest"]! };
        await Deploy.SendAsync(200, "POST", $"{version}/manifest/approve", approval);
        await Deploy.SendAsync(200, "POST", $"{version}/activate", new JsonObject());
    }

    /// <summary>Keeps a secret, and gives it to the server.</summary>
    public async Task GrantAsync(string name, string value)
    {
        await DoAsync($"/tenants/acme/secrets/{name}", new JsonObject { ["value"] = value });
        await DoAsync($"{DeploySite.Server}/secrets/{name}", null);
    }

    /// <summary>The official client.</summary>
    public async Task<(McpClient Client, string Key)> ConnectAsync(string revision)
    {
        var host = Deploy.Site.Host;
        var issued = await host.Grains.Locate<IApiKeysGrain>("acme").CreateAsync(
            AdminSite.ContextOf("acme", "mcp.*:*", "admin.*:*"),
            new ApiKeyRequest { Name = "client", Scopes = [McpScopes.Tools, McpScopes.Read], Roles = ["mcp-user"] },
            default);
        Assert.Null(issued.Fault);
        var client = await McpClient.CreateAsync(
            new HttpClientTransport(new HttpClientTransportOptions
            {
                Endpoint = new Uri(host.Url, "t/acme/s/tools/mcp"),
                TransportMode = HttpTransportMode.StreamableHttp,
                AdditionalHeaders = new Dictionary<string, string> { ["Authorization"] = $"Bearer {issued.Text}" },
            }),
            new McpClientOptions { ProtocolVersion = revision });
        return (client, issued.Text!);
    }

    public async ValueTask DisposeAsync()
    {
        await Deploy.DisposeAsync();
        await Api.DisposeAsync();
    }

    private async Task DoAsync(string path, JsonObject? body)
    {
        using var response = await Deploy.Site.SendAsync("PUT", path, Deploy.Admin, body?.ToJsonString());
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
    }

    private static async Task WriteAsync(ZipArchive zip, string path, string content)
    {
        await using var writer = new StreamWriter(zip.CreateEntry(path).Open());
        await writer.WriteAsync(content);
    }
}
