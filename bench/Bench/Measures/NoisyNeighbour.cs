using Smcp.Bench.Load;
using Smcp.Bench.Peers;
using Smcp.Bench.Processes;

namespace Smcp.Bench.Measures;

/// <summary>
/// What a tenant that asks for ten times its quota does to another's latency; and what it does where it has none, so
/// that the limit is seen to be what keeps it off.
/// </summary>
internal static class NoisyNeighbour
{
    private const int Rounds = 5;
    private const int CalmPerSecond = 400;
    private const int LoudPerSecond = 150;
    private const int Times = 10;
    private const int NotesOfEach = 100;

    // A quota lets a few seconds of it come at once; what is measured is what comes after.
    private static readonly TimeSpan BurstSpent = TimeSpan.FromSeconds(2);

    public static async Task<NoisyNeighbourRow> MeasureAsync(
        MeasuredServer server, OperatorClient operators, TimeSpan warmUp, TimeSpan round)
    {
        var calm = await PeerAsync(server, operators, "calm", "echo", ToolCall.Echo);
        var limited = await PeerAsync(server, operators, "limited", "notes", ToolCall.ListNotes);
        var unlimited = await PeerAsync(server, operators, "unlimited", "notes", ToolCall.ListNotes);
        await operators.SetQuotasAsync("calm");
        await operators.SetQuotasAsync("unlimited");
        await operators.SetQuotasAsync("limited");
        double[][] found = [new double[Rounds], new double[Rounds], new double[Rounds]];
        Run(calm, limited, warmUp);
        await operators.SetQuotasAsync("limited", LoudPerSecond * 60);
        for (var i = 0; i < Rounds; i++)
        {
            found[0][i] = Run(calm, null, round);
            found[1][i] = Run(calm, limited, round);
            found[2][i] = Run(calm, unlimited, round);
        }

        return new NoisyNeighbourRow(
            Median(found[0]), Median(found[1]), Median(found[2]), LoudPerSecond * Times);
    }

    private static double Run(Peer calm, Peer? loud, TimeSpan duration)
    {
        var quiet = new PacedGroup([.. Connections(calm, 8)], CalmPerSecond);
        var noise = new PacedGroup(
            loud is null ? [] : [.. Connections(loud, 32)], loud is null ? 0 : LoudPerSecond * Times);
        try
        {
            PacedGenerator.Run([quiet, noise], BurstSpent);
            quiet.Latencies.Reset();
            PacedGenerator.Run([quiet, noise], duration);
            return quiet.Connections.Any(c => c.Bad > 0)
                ? throw new InvalidOperationException(quiet.Connections.First(c => c.Bad > 0).FirstBad)
                : quiet.Latencies.Percentile(0.99);
        }
        finally
        {
            foreach (var connection in quiet.Connections.Concat(noise.Connections))
            {
                connection.Dispose();
            }
        }
    }

    private static IEnumerable<LoadConnection> Connections(Peer peer, int count) =>
        Enumerable.Range(0, count).Select(_ => peer.Connect());

    /// <summary>A tenant with one server and a key. A refusal is an answer too: who is loud gets many.</summary>
    private static async Task<Peer> PeerAsync(
        MeasuredServer server, OperatorClient operators, string tenant, string source, ToolCall call)
    {
        await operators.ProvisionAsync(tenant, source);
        var key = await operators.CreateKeyAsync(tenant);
        var url = new Uri(server.Url, $"/t/{tenant}/s/{source}/mcp");
        if (call != ToolCall.ListNotes)
        {
            return PeerServers.WithoutSession(tenant, server, url, call, key);
        }

        Fill(PeerServers.WithoutSession(tenant, server, url, ToolCall.AddNote, key));
        return PeerServers.WithoutSession(tenant, server, url, call with { Expected = "HTTP/1.1 " }, key);
    }

    /// <summary>Notes to list, so that a call costs as much as one that does something.</summary>
    private static void Fill(Peer notebook)
    {
        using var connection = notebook.Connect();
        for (var i = 0; i < NotesOfEach; i++)
        {
            connection.Send();
            while (connection.Receive() is null)
            {
            }
        }

        if (connection.Bad > 0)
        {
            throw new InvalidOperationException(connection.FirstBad);
        }
    }

    private static double Median(IEnumerable<double> figures)
    {
        var sorted = figures.Order().ToList();
        return sorted[sorted.Count / 2];
    }
}
