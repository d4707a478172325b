using System.Globalization;
using Smcp.TestSupport;

namespace Smcp.Testing;

/// <summary>Two silos that keep everything in memory and a gateway apart from them, as processes on loopback.</summary>
public sealed class LocalNodes : IAsyncLifetime
{
    private readonly List<NodeProgram> _silos = [];
    private NodeProgram? _gateway;

    internal NodeProgram Gateway => _gateway ?? throw new InvalidOperationException("Not started.");

    internal IReadOnlyList<NodeProgram> Silos => _silos;

    /// <summary>The MCP endpoint of a server of the samples, at the gateway.</summary>
    public Uri Endpoint(string server) => new(Gateway.Url, $"/t/default/s/{server}/mcp");

    public async Task InitializeAsync()
    {
        var ports = FreePorts.Take(4);
        _silos.Add(await NodeProgram.StartAsync(Silo(ports[0], ports[1], ports[0]), Environment));
        _silos.Add(await NodeProgram.StartAsync(Silo(ports[2], ports[3], ports[0]), Environment));
        _gateway = await NodeProgram.StartAsync(
            ["--role", "gateway", "--gateway-port", Text(ports[1]), "--urls", "http://127.0.0.1:0", Anonymous],
            Environment);
    }

    public async Task DisposeAsync()
    {
        if (_gateway is not null)
        {
            await _gateway.DisposeAsync();
        }

        foreach (var silo in Enumerable.Reverse(_silos))
        {
            await silo.DisposeAsync();
        }
    }

    internal const string Anonymous = "--Smcp:CSharp:Access=Public";

    internal static Dictionary<string, string> Environment => new(StringComparer.Ordinal)
    {
        ["Smcp__Encryption__MasterKeys"] = $"1:{Convert.ToBase64String(new byte[32])}",
        ["DOTNET_gcServer"] = "0",
    };

    internal static string[] Silo(int port, int gatewayPort, int primaryPort) =>
    [
        "--role", "silo",
        "--silo-port", Text(port),
        "--gateway-port", Text(gatewayPort),
        "--urls", "http://127.0.0.1:0",
        $"--Smcp:Silo:PrimarySiloPort={Text(primaryPort)}",
        Anonymous,
    ];

    internal static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
