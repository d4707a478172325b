using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Smcp.Admin;
using Smcp.Identity;
using Smcp.Network.Egress;
using Smcp.ResourceServer;
using Smcp.Runtimes.Jails;
using Smcp.Runtimes.Process;
using Smcp.Runtimes.Remote;
using Smcp.Runtimes.Worker;

namespace Smcp.Threats;

/// <summary>
/// The whole product with two tenants that deploy code of their own, and things of this host that such code would like
/// to have. What a threat has for its own is deployed by its attack.
/// </summary>
internal sealed class JailSite : IAsyncDisposable
{
    /// <summary>Whose code attacks.</summary>
    public const string Tenant = "acme";

    /// <summary>Who has nothing to do with it.</summary>
    public const string Neighbour = "globex";

    /// <summary>In this process's environment, and in a file of this host that everybody may read.</summary>
    public const string Canary = "th3-c4nary-of-the-host";

    private const string Sessions = "2025-11-25";
    private const string Stateless = "2026-07-28";

    private static readonly (string Key, string Value)[] Settings =
    [
        ("Smcp:Process:MemoryBytes", $"{128 << 20}"),
        ("Smcp:Process:ScratchBytesMax", $"{16 << 20}"),
        ("Smcp:Process:FileBytesMax", $"{8 << 20}"),
        ("Smcp:Process:TasksMax", "64"),
        ("Smcp:Process:OpenFilesMax", "256"),
        ("Smcp:Health:LogBytesKept", "4096"),
        // Nobody is to be held by what is not the control that an attack is about.
        ("Smcp:Health:QuarantineExits", "0"),
        ("Smcp:Tiers:Standard:RequestsPerMinute", "100000000"),
        ("Smcp:Tiers:Standard:PrincipalRequestsPerMinute", "100000000"),
        ("Smcp:Process:ExitGrace", "00:00:00.200"),
        ("Smcp:Process:RestartDelay", "00:01:00"),
        ("Smcp:Upstream:MessageBytesMax", $"{1 << 20}"),
        ("Smcp:Worker:CpuTimeMax", "00:00:00.500"),
        ("Smcp:Worker:WatchPeriod", "00:00:00.100"),
        ("Smcp:Remote:RequireTls", "false"),
        ("Smcp:Remote:RetriesMax", "0"),
        ("Smcp:Remote:BreakRequestsMin", "10000"),
        ("Smcp:EgressProxy:ConnectionBytesMax", $"{1 << 20}"),
    ];

    private readonly AdminSite _site;
    private readonly Dictionary<string, (string Admin, string User)> _keys = [];
    private readonly HashSet<string> _deployed = [];

    private JailSite(AdminSite site, Removal removal, Outside outside, Outside open, HostileUpstream upstream)
    {
        _site = site;
        Removal = removal;
        Outside = outside;
        Open = open;
        Upstream = upstream;
        Folder = Directory.CreateTempSubdirectory("smcp-threats-").FullName;
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(Folder, (UnixFileMode)0b111_111_111);
        }

        Secret = Path.Combine(Folder, "secret");
        File.WriteAllText(Secret, Canary);
    }

    /// <summary>What it is without.</summary>
    public Removal Removal { get; }

    /// <summary>A folder of this host that everybody may write to.</summary>
    public string Folder { get; }

    /// <summary>A file of this host that everybody may read.</summary>
    public string Secret { get; }

    /// <summary>A place that no server may connect to; though an operator let it in as <c>outer.example</c>.</summary>
    public Outside Outside { get; }

    /// <summary>A place that an operator let in as <c>plain.example</c>.</summary>
    public Outside Open { get; }

    /// <summary>A server elsewhere, that an operator let in.</summary>
    public HostileUpstream Upstream { get; }

    /// <summary>The last that an attacker said, for whom a test fails.</summary>
    public string LastAnswer { get; private set; } = string.Empty;

    public Uri Url => _site.Host.Url;

    public IServiceProvider Services => _site.Host.Services;

    /// <summary>Jails that were started, or were to be.</summary>
    public int Starts => Services.GetRequiredService<CountedJails>().Starts;

    public static async Task<JailSite> StartAsync(Removal removal)
    {
        Environment.SetEnvironmentVariable("SMCP_THREATS", Canary);
        var (outside, open, upstream) = (new Outside(), new Outside(), await HostileUpstream.StartAsync());
        var admin = await AdminSite.StartAsync(
            services =>
            {
                services.AddSingleton(outside);
                services.AddSingleton(TimeProvider.System);
                services.AddSingleton<IHostResolver>(new Names());
                services.AddProcessServers().AddWorkers().AddRemoteServers();
                removal.Configure(services);
                CountJails(services);
            },
            [
                .. Settings.Where(own => removal.Settings.All(other => other.Key != own.Key)),
                .. removal.Settings,
                ("Smcp:EgressProxy:InternalPlaces:0", $"127.0.0.1:{upstream.Url.Port}"),
                ("Smcp:EgressProxy:InternalPlaces:1", $"plain.example:{open.Port}"),
                ("Smcp:EgressProxy:InternalPlaces:2", $"outer.example:{outside.Port}"),
            ]);
        var site = new JailSite(admin, removal, outside, open, upstream);
        foreach (var tenant in new[] { Tenant, Neighbour })
        {
            await admin.ProvisionAsync(tenant);
            site._keys[tenant] = ((await admin.KeyAsync(tenant, "admin")).Text, await site.UserKeyAsync(tenant));
        }

        return site;
    }

    /// <summary>The settings of the attacker as a program.</summary>
    public static JsonObject ProgramSettings(string scope = "session") => new()
    {
        ["runtime"] = "process",
        ["scope"] = scope,
        ["manifest"] = "live",
        ["process"] = new JsonObject { ["command"] = "./" + Attacker.File },
    };

    /// <summary>Deploys the attacker's program, unless it was; how it is set up may be changed.</summary>
    public Task DeployAsync(string tenant, string server, JsonObject? settings = null) =>
        DeployAsync(tenant, server, settings ?? ProgramSettings(), (Attacker.File, Attacker.Program));

    public async Task DeployAsync(
        string tenant, string server, JsonObject settings, params (string Path, string Content)[] files)
    {
        if (_deployed.Add($"{tenant}/{server}"))
        {
            var versions = $"{AdminRoutes.Prefix}/tenants/{tenant}/servers/{server}/versions";
            var made = await AdministerAsync(tenant, versions, files.Length == 0
                ? new StringContent(settings.ToJsonString(), Encoding.UTF8, "application/json")
                : Bundle([.. files, ("smcp.json", settings.ToJsonString())]));
            await AdministerAsync(
                tenant,
                $"{versions}/{(long)made["version"]!["number"]!}/activate",
                new StringContent("{}", Encoding.UTF8, "application/json"));
        }
    }

    /// <summary>Ends what runs of a server, and takes it away.</summary>
    public async Task RemoveAsync(string server)
    {
        using var request = new HttpRequestMessage(
            HttpMethod.Delete, $"{AdminRoutes.Prefix}/tenants/{Tenant}/servers/{server}");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _keys[Tenant].Admin);
        using var removed = await _site.Host.Client.SendAsync(request);
        Assert.True(removed.IsSuccessStatusCode);
        _deployed.Remove($"{Tenant}/{server}");
    }

    /// <summary>A client's session.</summary>
    public Task<McpCaller> OpenAsync(string server, string tenant = Tenant) =>
        Caller(Sessions, server, tenant).OpenAsync();

    /// <summary>A client without session.</summary>
    public McpCaller Client(string server, string tenant = Tenant) => Caller(Stateless, server, tenant);

    /// <summary>What a tool says; an error as it is.</summary>
    public async Task<string> CallAsync(McpCaller caller, string tool, JsonObject? arguments = null)
    {
        using var response = await caller.SendAsync(
            "tools/call", new JsonObject { ["name"] = tool, ["arguments"] = arguments ?? [] }.ToJsonString());
        var body = await response.Content.ReadAsStringAsync();
        var data = body.Split('\n').LastOrDefault(line => line.StartsWith("data: {", StringComparison.Ordinal));
        var message = JsonNode.Parse(data?["data: ".Length..] ?? body);
        LastAnswer = (string?)message?["result"]?["content"]?[0]?["text"] ?? body;
        return LastAnswer;
    }

    /// <summary>Runs a script of the shell, or another tool's, in a session of its own.</summary>
    public async Task<string> RunAsync(string script, string tool = "sh", string server = "attacker")
    {
        await DeployAsync(Tenant, server);
        var session = await OpenAsync(server);
        try
        {
            return await RunAsync(session, script, tool);
        }
        finally
        {
            await CloseAsync(session);
        }
    }

    public async Task<string> RunAsync(McpCaller session, string script, string tool = "sh")
    {
        LastAnswer = Attacker.Said(await CallAsync(session, tool, Attacker.Arguments(script)));
        return LastAnswer;
    }

    public static async Task CloseAsync(McpCaller session)
    {
        using var closed = await session.AskAsync(HttpMethod.Delete);
    }

    public async ValueTask DisposeAsync()
    {
        await _site.DisposeAsync();
        await Outside.DisposeAsync();
        await Open.DisposeAsync();
        await Upstream.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }

    private static void CountJails(IServiceCollection services)
    {
        var jails = services.Single(service => service.ServiceType == typeof(IJails));
        services.Remove(jails);
        services.AddSingleton(provider => new CountedJails((IJails)(
            jails.ImplementationFactory?.Invoke(provider)
                ?? ActivatorUtilities.CreateInstance(provider, jails.ImplementationType!))));
        services.AddSingleton<IJails>(provider => provider.GetRequiredService<CountedJails>());
    }

    private McpCaller Caller(string revision, string server, string tenant) =>
        McpCaller.Of(_site.Host, revision, _keys[tenant].User, $"/t/{tenant}/s/{server}/mcp");

    private async Task<string> UserKeyAsync(string tenant)
    {
        var issued = await _site.Host.Grains.Locate<IApiKeysGrain>(tenant).CreateAsync(
            AdminSite.ContextOf(tenant, "mcp.*:*", "admin.*:*"),
            new ApiKeyRequest { Name = "client", Scopes = [McpScopes.Tools], Roles = ["mcp-user"] },
            default);
        Assert.Null(issued.Fault);
        return issued.Text!;
    }

    private async Task<JsonObject> AdministerAsync(string tenant, string path, HttpContent content)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _keys[tenant].Admin);
        using var response = await _site.Host.Client.SendAsync(request);
        var body = await response.Content.ReadAsStringAsync();
        LastAnswer = body;
        Assert.True(response.IsSuccessStatusCode, $"{path}: {(int)response.StatusCode}: {body}");
        return JsonNode.Parse(body)!.AsObject();
    }

    private static StreamContent Bundle((string Path, string Content)[] files)
    {
        var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (path, content) in files)
            {
                var entry = zip.CreateEntry(path);
                entry.ExternalAttributes = (0x8000 | 0b111_101_101) << 16;
                using var writer = new StreamWriter(entry.Open());
                writer.Write(content);
            }
        }

        stream.Position = 0;
        var bundle = new StreamContent(stream);
        bundle.Headers.ContentType = new MediaTypeHeaderValue("application/zip");
        return bundle;
    }
}
