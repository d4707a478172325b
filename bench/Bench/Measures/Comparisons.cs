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
        MeasureLoaded(
            page,
            options,
            [
                PeerServers.InSession("(c) anonymous, no quotas, sessions", open, without, ToolCall.Echo),
                PeerServers.InSession("API key, quotas, sessions", smcp, with, ToolCall.Echo, key),
                PeerServers.InSession("access token, quotas, sessions", smcp, with, ToolCall.Echo, token),
            ],
            ", identity and quotas",
            "(c)");
        MeasureLoaded(
            page,
            options,
            [
                PeerServers.WithoutSession("(d) anonymous, no quotas, no sessions", open, without, ToolCall.Echo),
                PeerServers.WithoutSession("API key, quotas, no sessions", smcp, with, ToolCall.Echo, key),
                PeerServers.WithoutSession("access token, quotas, no sessions", smcp, with, ToolCall.Echo, token),
            ],
            ", identity and quotas",
            "(d)");
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
            ("(e) Standalone", standalone), ("gateway, one silo", one), ("gateway, two silos", two),
            ("gateway, three silos", three),
        ];
        MeasureLoaded(
            page,
            options,
            [.. servers.Select(s => PeerServers.InSession(
                s.Name + ", sessions", s.Server, PeerServers.EchoOf(s.Server.Url), ToolCall.Echo))],
            ", the cluster",
            "(e)");
        MeasureLoaded(
            page,
            options,
            [.. servers.Select(s => PeerServers.WithoutSession(
                s.Name + ", no sessions", s.Server, PeerServers.EchoOf(s.Server.Url), ToolCall.Echo))],
            ", the cluster",
            "(e)");
    }

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
