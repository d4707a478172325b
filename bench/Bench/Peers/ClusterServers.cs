using System.Globalization;
using System.Security.Cryptography;
using Smcp.Bench.Processes;
using Smcp.TestSupport;

namespace Smcp.Bench.Peers;

/// <summary>A gateway and silos behind it, which keep all in memory: what a hop costs, and no store.</summary>
internal static class ClusterServers
{
    private static readonly string[] Shared =
    [
        $"--Smcp:Encryption:MasterKeys=1:{Convert.ToBase64String(RandomNumberGenerator.GetBytes(32))}",
        "--Smcp:CSharp:Access=Public",
    ];

    public static bool AreBuilt => File.Exists(Workspace.ClusterNode);

    public static MeasuredServer Start(int silos)
    {
        // Orleans wants to know its ports before it listens.
        var ports = FreePorts.Take(silos * 2);
        MeasuredServer[] behind =
        [
            .. Enumerable.Range(0, silos).Select(i => Silo(ports[2 * i], ports[(2 * i) + 1], ports[0])),
        ];
        return Node(["--role", "gateway", "--gateway-port", Text(ports[1])], "Smcp Gateway is ready: ", behind);
    }

    private static MeasuredServer Silo(int port, int gatewayPort, int first) => Node(
        [
            "--role", "silo", "--silo-port", Text(port), "--gateway-port", Text(gatewayPort),
            $"--Smcp:Silo:PrimarySiloPort={Text(first)}",
        ],
        "Smcp Silo is ready: ");

    private static MeasuredServer Node(
        IEnumerable<string> arguments, string readyText, params MeasuredServer[] behind) => new(
        "dotnet",
        ["exec", Workspace.ClusterNode, "--urls", "http://127.0.0.1:0", .. arguments, .. Shared],
        readyText,
        behind);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
