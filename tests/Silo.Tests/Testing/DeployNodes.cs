using Smcp.EndToEnd.Serving;
using Smcp.TestSupport;

namespace Smcp.Testing;

/// <summary>
/// Three silos that keep everything in memory, and two gateways, as processes on loopback. The first silo runs no
/// programs of others.
/// </summary>
public sealed class DeployNodes : IAsyncLifetime, IDisposable
{
    private const int Silos = 3;
    private const int Gateways = 2;

    private static readonly string[] Settings =
    [
        "--Smcp:Egress:AllowedNetworks:0=127.0.0.0/8",
        "--Smcp:Remote:RequireTls=false",
        "--Smcp:Gateway:Limits:AddressRequestsPerMinute=0",

        // A machine that runs other tests beside this one starts programs slowly.
        "--Smcp:Jails:StartTimeout=00:02:00",
        "--Smcp:Worker:StartTimeout=00:02:00",
        "--Smcp:Silo:Calls:ResponseTimeout=00:02:00",
    ];

    private readonly DataFolder _folder = new();
    private readonly List<NodeProgram> _silos = [];
    private readonly List<NodeProgram> _gateways = [];
    private ClusterDesk? _desk;

    /// <summary>What clients show.</summary>
    internal string Key { get; private set; } = string.Empty;

    internal ClusterDesk Desk => _desk ?? throw new InvalidOperationException("Not started.");

    public async Task InitializeAsync()
    {
        // What is deployed as a server elsewhere is one of the first gateway's.
        var ports = FreePorts.Take((2 * Silos) + Gateways);
        var elsewhere = $"--Smcp:EgressProxy:InternalPlaces:0=127.0.0.1:{LocalNodes.Text(ports[2 * Silos])}";
        for (var silo = 0; silo < Silos; silo++)
        {
            string[] own = silo == 0 ? ["--Smcp:Silo:Programs=false"] : [];
            _silos.Add(await NodeProgram.StartAsync(
                [.. LocalNodes.Silo(ports[2 * silo], ports[2 * silo + 1], ports[0]), .. Settings, elsewhere, .. own],
                LocalNodes.Environment));
        }

        var key = Path.Combine(_folder.Path, "operator.key");
        for (var gateway = 0; gateway < Gateways; gateway++)
        {
            string[] own = gateway == 0 ? [$"--Smcp:Silo:OperatorKeyFile={key}"] : [];
            _gateways.Add(await NodeProgram.StartAsync(
                [
                    "--role", "gateway", "--gateway-port", LocalNodes.Text(ports[1]),
                    "--urls", $"http://127.0.0.1:{LocalNodes.Text(ports[(2 * Silos) + gateway])}",
                    .. Settings, .. own,
                ],
                LocalNodes.Environment));
        }

        _desk = new ClusterDesk([.. _gateways.Select(node => node.Url)], await File.ReadAllTextAsync(key));
        Key = await _desk.IssueKeyAsync();
    }

    public async Task DisposeAsync()
    {
        foreach (var node in _gateways.Concat(Enumerable.Reverse(_silos)))
        {
            await node.DisposeAsync();
        }
    }

    public void Dispose()
    {
        _desk?.Dispose();
        _folder.Dispose();
    }

    /// <summary>The MCP endpoint of a server, at one of the gateways.</summary>
    internal Uri Endpoint(int gateway, string server) =>
        new(_gateways[gateway].Url, $"/t/default/s/{server}/mcp");

    /// <summary>The silos, counted from 0, that a program with this argument runs on.</summary>
    internal IEnumerable<int> SilosThatRun(string argument)
    {
        var owners = RunningProcesses.AncestorsOf(argument).ToList();
        return Enumerable.Range(0, Silos).Where(silo => owners.Any(own => own.Contains(_silos[silo].ProcessId)));
    }
}
