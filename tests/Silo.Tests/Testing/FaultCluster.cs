using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Smcp.EndToEnd.Serving;
using Smcp.TestSupport;

namespace Smcp.Testing;

/// <summary>
/// Three silos and two gateways, each a process on a machine of its own as far as the network goes, over PostgreSQL.
/// </summary>
internal sealed class FaultCluster : IAsyncDisposable
{
    private const int Silos = 3;
    private const int Gateways = 2;
    private const int HttpPort = 8080;
    private const int SiloPort = 11_111;
    private const int GatewayPort = 30_000;

    private static readonly TimeSpan AskPatience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan AskPeriod = TimeSpan.FromSeconds(1);

    private readonly DataFolder _folder = new();
    private readonly NodeNetwork? _network;
    private readonly Dictionary<string, string> _environment;
    private readonly HttpClient _http = new();
    private readonly int[] _ports;

    private FaultCluster(PostgresServer database, NodeNetwork? network)
    {
        _network = network;
        _ports = FreePorts.Take(2 * Silos);
        Database = database;
        Connection = database.NewDatabase();
        _environment = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Smcp__Postgres__ConnectionString"] = Connection,
            ["Smcp__Encryption__MasterKeys"] = $"1:{Convert.ToBase64String(new byte[32])}",
            ["DOTNET_gcServer"] = "0",
        };
        SiloNodes = [.. Enumerable.Range(1, Silos).Select(place => Node("silo", place))];
        GatewayNodes = [.. Enumerable.Range(1, Gateways).Select(place => Node("gateway", place))];
    }

    public PostgresServer Database { get; }

    public string Connection { get; }

    public IReadOnlyList<FaultNode> SiloNodes { get; }

    public IReadOnlyList<FaultNode> GatewayNodes { get; }

    public IEnumerable<FaultNode> Nodes => SiloNodes.Concat(GatewayNodes);

    /// <summary>The links between the nodes; null where they are processes on loopback.</summary>
    public NodeNetwork Network => _network ?? throw new InvalidOperationException("The nodes have no network.");

    /// <summary>What clients show.</summary>
    public string Key { get; private set; } = string.Empty;

    private string KeyFile => Path.Combine(_folder.Path, "operator.key");

    private string OperatorKey => File.ReadAllText(KeyFile).Trim();

    /// <summary>Starts the nodes, in a network of their own or, without one, on loopback.</summary>
    public static async Task<FaultCluster> StartAsync(PostgresServer database, NodeNetwork? network)
    {
        var cluster = new FaultCluster(database, network);
        try
        {
            await cluster.SiloNodes[0].StartAsync();
            await Task.WhenAll(cluster.Nodes.Skip(1).Select(node => node.StartAsync()));
            cluster.Key = await cluster.IssueKeyAsync();
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts what was lost.</summary>
    public Task RestoreAsync() => Task.WhenAll(Nodes.Select(node => node.StartAsync()));

    /// <summary>The administration of the tenant.</summary>
    public ClusterDesk OpenDesk() => new([GatewayNodes[0].Program.Url], OperatorKey);

    /// <summary>Gives the clients a counter of their own, which nobody has counted with.</summary>
    public Task DeployCounterAsync(string server) =>
        AskAsync("PUT", $"tenants/default/servers/{server}", """{"source":"counter"}""");

    public async ValueTask DisposeAsync()
    {
        foreach (var node in Nodes.Reverse())
        {
            await node.DisposeAsync();
        }

        _http.Dispose();
        _folder.Dispose();
    }

    private FaultNode Node(string role, int place) =>
        new($"{role} {place}", place, () => NodeProgram.StartAsync(
            ArgumentsOf(role, place), _environment, _network?.NamespaceOf(place)));

    private string[] ArgumentsOf(string role, int place)
    {
        var address = _network?.AddressOf(place) ?? "127.0.0.1";
        var http = _network is null ? "0" : Text(HttpPort + (role == "silo" ? 1 : 0));
        string[] reached = _network is null ? [] : ["--public-url", $"http://{address}:{http}"];
        string[] key = role == "gateway" && place == 1
            ? [$"--Smcp:Silo:OperatorKeyFile={KeyFile}"]
            : [];
        return
        [
            "--role", role,
            "--address", address,
            "--silo-port", Text(_network is null ? _ports[place - 1] : SiloPort),
            "--gateway-port", Text(_network is null ? _ports[Silos + place - 1] : GatewayPort),
            "--urls", $"http://{address}:{http}",
            "--Smcp:Gateway:Tls:RequireTls=false",
            "--Smcp:Gateway:Limits:AddressRequestsPerMinute=0",
            "--Smcp:Silo:Providers:Store=Postgres",
            "--Smcp:Silo:Providers:Bells=Postgres",
            .. reached,
            .. key,
        ];
    }

    private async Task<string> IssueKeyAsync()
    {
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", OperatorKey);
        var made = await AskAsync(
            "POST", "tenants/default/keys", """{"name":"faults","scopes":["mcp:tools"],"roles":["mcp-user"]}""");
        return made!["text"]!.GetValue<string>();
    }

    /// <summary>What a round needs first: nodes that were just started may not be there for each other yet.</summary>
    private async Task<JsonNode?> AskAsync(string method, string path, string body)
    {
        using var late = new CancellationTokenSource(AskPatience, TimeProvider.System);
        using var timer = new PeriodicTimer(AskPeriod, TimeProvider.System);
        while (true)
        {
            var (status, text) = await AskOnceAsync(method, path, body);
            if (status < HttpStatusCode.BadRequest)
            {
                return JsonNode.Parse(text);
            }

            if (status != HttpStatusCode.ServiceUnavailable || late.IsCancellationRequested)
            {
                throw new InvalidOperationException($"{method} {path}: {(int)status} {text}");
            }

            await timer.WaitForNextTickAsync(CancellationToken.None);
        }
    }

    private async Task<(HttpStatusCode Status, string Text)> AskOnceAsync(string method, string path, string body)
    {
        using var request = new HttpRequestMessage(
            new HttpMethod(method), new Uri(GatewayNodes[0].Program.Url, $"/api/v1/{path}"))
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
        using var response = await _http.SendAsync(request);
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
