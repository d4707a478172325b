using Smcp.Bench.Peers;
using Smcp.Bench.Processes;
using Smcp.Bench.Reporting;

namespace Smcp.Bench.Measures;

/// <summary>Which candidates stand beside which.</summary>
internal static class Comparisons
{
    /// <summary>Smcp's two eras, and a durable call, beside the floor and the TypeScript SDK.</summary>
    public static void Protocols(ResultsPage page, BenchOptions options)
    {
        using var data = new BenchFolder();
        using var smcp = PeerServers.Smcp(data.Path);
        using var floor = PeerServers.BareKestrel();
        using var typeScript = PeerServers.TypeScript();
        var echo = PeerServers.EchoOf(smcp.Url);
        var counter = PeerServers.EndpointOf(smcp.Url, "counter");
        Peer[] peers =
        [
            PeerServers.WithoutSession("(a) bare Kestrel", floor, floor.Url, ToolCall.Echo),
            PeerServers.InSession("Smcp, echo, sessions (2025-11-25)", smcp, echo, ToolCall.Echo),
            PeerServers.WithoutSession("Smcp, echo, no sessions (2026-07-28)", smcp, echo, ToolCall.Echo),
            PeerServers.InSession("Smcp, counter, a durable row a call", smcp, counter, ToolCall.Increment),
            PeerServers.InSession("(b) TypeScript SDK 1.32.2, sessions", typeScript, typeScript.Url, ToolCall.Echo),
        ];
        Measure(page, options, peers, "", "(a)");
    }

    /// <summary>
    /// Calls with an API key and with an access token, under quotas, beside anonymous calls of a public server without
    /// quotas. Audit is always on.
    /// </summary>
    public static async Task IdentityAsync(ResultsPage page, BenchOptions options)
    {
        using var openData = new BenchFolder();
        using var open = PeerServers.Smcp(openData.Path);
        using var data = new BenchFolder();
        using var smcp = PeerServers.Smcp(data.Path);
        using var operators = new OperatorClient(smcp.Url, data.Path);
        await operators.SetQuotasAsync();
        var key = await operators.CreateKeyAsync();
        var token = await operators.IssueTokenAsync(PeerServers.EchoOf(smcp.Url));
        var (without, with) = (PeerServers.EchoOf(open.Url), PeerServers.EchoOf(smcp.Url));
        foreach (var (floor, kind, peerOf) in Kinds("(c)", "(d)"))
        {
            MeasureLoaded(
                page,
                options,
                [
                    peerOf($"{floor} anonymous, no quotas, {kind}", open, without, ToolCall.Echo, null),
                    peerOf($"API key, quotas, {kind}", smcp, with, ToolCall.Echo, key),
                    peerOf($"access token, quotas, {kind}", smcp, with, ToolCall.Echo, token),
                ],
                ", identity and quotas",
                floor);
        }
    }

    /// <summary>One gateway and one, two and three silos, beside everything in one process.</summary>
    public static void Cluster(ResultsPage page, BenchOptions options)
    {
        using var data = new BenchFolder();
        using var standalone = PeerServers.Smcp(data.Path);
        using var one = ClusterServers.Start(1);
        using var two = ClusterServers.Start(2);
        using var three = ClusterServers.Start(3);
        (string Name, MeasuredServer Server)[] servers =
        [
            ("Standalone", standalone), ("gateway, one silo", one), ("gateway, two silos", two),
            ("gateway, three silos", three),
        ];
        foreach (var (floor, kind, peerOf) in Kinds("(e)", "(f)"))
        {
            MeasureLoaded(
                page,
                options,
                [
                    .. servers.Select((s, i) => peerOf(
                        $"{(i == 0 ? $"{floor} " : string.Empty)}{s.Name}, {kind}",
                        s.Server,
                        PeerServers.EchoOf(s.Server.Url),
                        ToolCall.Echo,
                        null)),
                ],
                ", the cluster",
                floor);
        }
    }

    private static (string Floor, string Kind, PeerOf PeerOf)[] Kinds(string inSession, string withoutSession) =>
    [
        (inSession, "sessions", PeerServers.InSession),
        (withoutSession, "no sessions", PeerServers.WithoutSession),
    ];

    /// <summary>At the highest number of connections only: the others say nothing more of what is compared.</summary>
    private static void MeasureLoaded(
        ResultsPage page, BenchOptions options, Peer[] peers, string what, string floor) =>
        Measure(page, options with { Connections = [options.Connections.Max()] }, peers, what, floor);

    private static void Measure(
        ResultsPage page, BenchOptions options, Peer[] peers, string what, string floor)
    {
        foreach (var (i, count) in options.Connections.Index())
        {
            page.Throughput(
                (count == 1 ? "One connection" : $"{count} connections") + what,
                floor,
                Throughput.Measure(peers, count, options, i == 0 ? options.WarmUp : options.Round));
        }
    }
}
