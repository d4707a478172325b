using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Smcp.EndToEnd.Serving;
using Smcp.TestSupport;

namespace Smcp.EndToEnd.Runtimes;

/// <summary>
/// One running Smcp for all tests of servers that came from elsewhere: each is deployed by the API when it is first
/// wanted, and runs in the real jail, or beside it as a server over HTTP.
/// </summary>
public sealed class RuntimesFixture : IAsyncLifetime, IDisposable
{
    private const string Packages = "servers";
    private const string Fixture = "fixture";

    private readonly string _data = Directory.CreateTempSubdirectory("smcp-").FullName;
    private readonly ConcurrentDictionary<string, Lazy<Task<Uri>>> _servers = new(StringComparer.Ordinal);
    private readonly ConcurrentBag<ChildProgram> _elsewhere = [];
    private readonly int[] _ports = FreePorts.Take(3);
    private readonly SemaphoreSlim _deploying = new(1, 1);
    private Standalone? _standalone;
    private Administration? _administration;

    /// <summary>Where servers find a database, if a test starts one: on this port of loopback.</summary>
    public int DatabasePort => _ports[0];

    /// <summary>The base of the endpoints.</summary>
    public Uri Url => Running.Url;

    internal Administration Administration => _administration ?? throw new InvalidOperationException("Not started.");

    /// <summary>Node as a jail finds it: on its path, or where ./test installed it.</summary>
    private static string Node { get; } = Path.IsPathRooted(Workspace.Node)
        ? new FileInfo(Workspace.Node).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? Workspace.Node
        : Workspace.Node;

    private Standalone Running => _standalone ?? throw new InvalidOperationException("Not started.");

    public async Task InitializeAsync()
    {
        List<string> options =
        [
            "--Smcp:Remote:RequireTls=false",
            string.Create(
                CultureInfo.InvariantCulture, $"--Smcp:EgressProxy:InternalPlaces:0=localhost:{DatabasePort}"),
            string.Create(CultureInfo.InvariantCulture, $"--Smcp:EgressProxy:InternalPlaces:1=127.0.0.1:{_ports[1]}"),
            string.Create(CultureInfo.InvariantCulture, $"--Smcp:EgressProxy:InternalPlaces:2=127.0.0.1:{_ports[2]}"),
        ];
        if (Path.IsPathRooted(Node))
        {
            options.Add($"--Smcp:Jails:Folders:0={Path.GetDirectoryName(Path.GetDirectoryName(Node))}");
        }

        _standalone = await Standalone.StartAsync(_data, options);
        _administration = new Administration(_standalone, Administration.KeyOf(_data));
    }

    public async Task DisposeAsync()
    {
        if (_standalone is not null)
        {
            await _standalone.DisposeAsync();
        }

        foreach (var program in _elsewhere)
        {
            await program.DisposeAsync();
        }

        Directory.Delete(_data, recursive: true);
    }

    public void Dispose()
    {
        _administration?.Dispose();
        _deploying.Dispose();
    }

    /// <summary>The conformance fixture, by the runtime that it runs in.</summary>
    internal Task<Uri> FixtureAsync(string runtime) => ServerAsync($"fixture-{runtime}", name => runtime switch
    {
        "process" => DeployScriptAsync(name, "stdio.mjs"),
        "worker" => DeployWorkerAsync(name, Fixture, "worker.mjs"),
        "remote" => DeployRemoteAsync(name),
        "legacy-remote" => DeployRemoteAsync(name, "legacy"),
        _ => throw new ArgumentOutOfRangeException(nameof(runtime), runtime, "No runtime of the fixture."),
    });

    /// <summary>A server of other people from npm, in the jail.</summary>
    /// <param name="name">Its package, without <c>@modelcontextprotocol/server-</c>.</param>
    /// <param name="process">What its section says beside the command.</param>
    /// <param name="more">What its settings say beside that.</param>
    /// <param name="arguments">What it is started with.</param>
    internal Task<Uri> NpmAsync(
        string name, JsonObject? process = null, JsonObject? more = null, params IEnumerable<string> arguments) =>
        ServerAsync($"npm-{name}", server =>
        {
            var script = $"/app/node_modules/@modelcontextprotocol/server-{name}/dist/index.js";
            var settings = SettingsOf(script, process, arguments);
            foreach (var (key, value) in more ?? [])
            {
                settings[key] = value?.DeepClone();
            }

            return Administration.DeployAsync(server, settings.ToJsonString(), Archive.Packages(Packages));
        });

    /// <summary>A worker of a folder of this project.</summary>
    internal Task<Uri> WorkerAsync(string folder, string script) => ServerAsync(
        Path.GetFileNameWithoutExtension(script), name => DeployWorkerAsync(name, folder, script));

    /// <summary>The build of a project for Cloudflare Workers, of a folder of this project.</summary>
    internal Task<Uri> WranglerAsync(string folder, string script, string project) => ServerAsync(
        Path.GetFileNameWithoutExtension(script),
        async name => await Administration.DeployAsync(
            name,
            """{"manifest":"live"}""",
            ("wrangler.jsonc", Encoding.UTF8.GetBytes(project)),
            ("dist/index.js", await Bundler.BundleAsync(folder, script, isWorker: true))));

    /// <summary>The fixture over HTTP, with nobody between.</summary>
    internal async Task<Uri> StartElsewhereAsync(string mode = "both", int port = 0)
    {
        var program = ChildProgram.Start(
            Workspace.Node, [Path.Combine(Workspace.Scripts, Fixture, "http.mjs"), mode, $"{port}"]);
        _elsewhere.Add(program);
        var line = await program.WaitForLineAsync("ready: ", TimeSpan.FromSeconds(30));
        return new Uri(line["ready: ".Length..]);
    }

    /// <summary>Deploys a server once, one after the other: an installation unpacks few bundles at a time.</summary>
    private Task<Uri> ServerAsync(string name, Func<string, Task> deploy) => _servers.GetOrAdd(
        name,
        _ => new Lazy<Task<Uri>>(async () =>
        {
            await _deploying.WaitAsync();
            try
            {
                await deploy(name);
                return Running.Endpoint(name);
            }
            finally
            {
                _deploying.Release();
            }
        })).Value;

    /// <summary>The settings of a program for Node; the server decides what its clients see.</summary>
    /// <param name="script">The program, in the jail.</param>
    /// <param name="process">What its section says beside the command.</param>
    /// <param name="arguments">What it is started with.</param>
    private static JsonObject SettingsOf(string script, JsonObject? process, IEnumerable<string> arguments)
    {
        var section = process?.DeepClone().AsObject() ?? [];
        section["command"] = Node;
        section["args"] = new JsonArray([script, .. arguments]);
        return new JsonObject
        {
            ["runtime"] = "process",
            ["scope"] = "shared",
            ["manifest"] = "live",
            ["process"] = section,
        };
    }

    private async Task DeployScriptAsync(string name, string script) => await Administration.DeployAsync(
        name,
        SettingsOf("/app/server.mjs", null, []).ToJsonString(),
        ("server.mjs", await Bundler.BundleAsync(Fixture, script, isWorker: false)));

    private async Task DeployWorkerAsync(string name, string folder, string script) => await Administration.DeployAsync(
        name,
        """
        {
          "runtime": "worker", "scope": "shared", "manifest": "live",
          "worker": { "main": "worker.mjs", "vars": { "GREETING": "hello" } }
        }
        """,
        ("worker.mjs", await Bundler.BundleAsync(folder, script, isWorker: true)));

    private async Task DeployRemoteAsync(string name, string mode = "both")
    {
        var url = await StartElsewhereAsync(mode, _ports[mode == "both" ? 1 : 2]);
        await Administration.DeployAsync(
            name,
            $$$"""
            {"runtime":"remote","scope":"shared","manifest":"live","remote":{"url":"{{{url}}}"}}
            """);
    }
}
