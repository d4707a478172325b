using Smcp.Bench.Peers;
using Smcp.Bench.Processes;
using Smcp.Bench.Reporting;

namespace Smcp.Bench.Measures;

/// <summary>
/// What a call through Smcp takes over a call of the same server directly, by runtime; and what it takes through other
/// gateways of stdio servers. Of the runtime csharp, which has no other way to be called, the page tells elsewhere.
/// </summary>
internal static class RuntimeComparisons
{
    private static readonly int[] Connections = [1, 16];

    public static async Task ProcessAsync(ResultsPage page, BenchOptions options)
    {
        using var data = new BenchFolder();
        using var smcp = PeerServers.Smcp(data.Path, RuntimeServers.Options());
        using var proxy = StdioServer.McpProxy();
        using var supergateway = StdioServer.Supergateway();
        var key = await DeployAsync(
            smcp, data.Path, ("one", StdioServer.Bundled(stateless: true)),
            ("each", StdioServer.Bundled(stateless: false)));
        var (one, each) = (PeerServers.EndpointOf(smcp.Url, "one"), PeerServers.EndpointOf(smcp.Url, "each"));
        var direct = new PipedProgram("(g) the program, by its pipes", ["node", StdioServer.Script], ToolCall.Echo);
        try
        {
            var rows = Measure(
                page,
                options,
                "a program over stdio",
                "(g)",
                direct,
                PeerServers.InSession("Smcp, process, one for all", smcp, one, ToolCall.Echo, key),
                PeerServers.InSession("mcp-proxy 6.7.19, one for all", proxy, proxy.Url, ToolCall.Echo),
                PeerServers.InSession("Smcp, process, one a session", smcp, each, ToolCall.Echo, key),
                PeerServers.InSession(
                    "supergateway 4.0.0, one a session", supergateway, supergateway.Url, ToolCall.Echo));
            page.BesideGateways(rows);
        }
        finally
        {
            direct.End();
        }
    }

    public static async Task WorkerAsync(ResultsPage page, BenchOptions options)
    {
        using var data = new BenchFolder();
        using var folder = new BenchFolder();
        using var workerd = RuntimeServers.Workerd(folder.Path);
        using var smcp = PeerServers.Smcp(data.Path);
        var key = await DeployAsync(
            smcp, data.Path, ("sdk", WorkerBundles.WithSdk()), ("exported", WorkerBundles.Exported()));
        var (sdk, exported) = (PeerServers.EndpointOf(smcp.Url, "sdk"), PeerServers.EndpointOf(smcp.Url, "exported"));
        Measure(
            page,
            options,
            "a worker",
            "(h)",
            PeerServers.Stateless("(h) TypeScript SDK 1.32.2 in workerd", workerd, ToolCall.Echo),
            PeerServers.InSession("Smcp, worker, the same", smcp, sdk, ToolCall.Echo, key),
            PeerServers.InSession("Smcp, worker, tools that a module exports", smcp, exported, ToolCall.Echo, key));
    }

    public static async Task RemoteAsync(ResultsPage page, BenchOptions options)
    {
        using var data = new BenchFolder();
        using var elsewhere = PeerServers.TypeScript();
        using var smcp = PeerServers.Smcp(data.Path, RuntimeServers.Options(elsewhere.Url));
        var key = await DeployAsync(smcp, data.Path, ("elsewhere", RuntimeServers.Remote(elsewhere.Url)));
        Measure(
            page,
            options,
            "a server elsewhere",
            "(i)",
            PeerServers.InSession("(i) TypeScript SDK 1.32.2, sessions", elsewhere, elsewhere.Url, ToolCall.Echo),
            PeerServers.InSession(
                "Smcp, remote", smcp, PeerServers.EndpointOf(smcp.Url, "elsewhere"), ToolCall.Echo, key));
    }

    private static async Task<string> DeployAsync(
        MeasuredServer smcp, string data, params IEnumerable<(string Name, byte[] Bundle)> servers)
    {
        using var operators = new OperatorClient(smcp.Url, data);
        await operators.SetQuotasAsync();
        foreach (var (name, bundle) in servers)
        {
            await operators.DeployAsync(name, bundle);
        }

        return await operators.CreateKeyAsync();
    }

    /// <returns>The rows of one connection, then those of many.</returns>
    private static List<IReadOnlyList<ThroughputRow>> Measure(
        ResultsPage page, BenchOptions options, string what, string floor, params ICandidate[] candidates)
    {
        var all = new List<IReadOnlyList<ThroughputRow>>();
        foreach (var count in Connections)
        {
            var rows = Throughput.Measure(candidates, count, options, count == 1 ? options.WarmUp : options.Round);
            page.Throughput((count == 1 ? "One connection" : $"{count} connections") + $", {what}", floor, rows);
            all.Add(rows);
        }

        return all;
    }
}
