using System.Diagnostics;
using System.Net.Sockets;

namespace Smcp.Bench.Load;

/// <summary>
/// Closed-loop load from one thread: each connection has one request in flight, always. One thread, so that the
/// generator takes the same share of the machine whatever it measures.
/// </summary>
internal static class LoadGenerator
{
    private static readonly TimeSpan SilenceMax = TimeSpan.FromSeconds(30);

    public static LoadResult Run(IReadOnlyList<LoadConnection> connections, TimeSpan duration)
    {
        var latencies = new LatencyHistogram();
        var bySocket = connections.ToDictionary(c => c.Socket);
        var started = Stopwatch.GetTimestamp();
        var deadline = started + (long)(duration.TotalSeconds * Stopwatch.Frequency);
        var badBefore = connections.Sum(c => c.Bad);
        var inFlight = connections.Select(c => c.Socket).ToHashSet();
        foreach (var connection in connections)
        {
            connection.Send();
        }

        var ready = new List<Socket>(connections.Count);
        while (inFlight.Count > 0)
        {
            ready.Clear();
            ready.AddRange(inFlight);
            Socket.Select(ready, null, null, SilenceMax);
            if (ready.Count == 0)
            {
                throw new TimeoutException($"No answer on {inFlight.Count} connections for {SilenceMax}.");
            }

            foreach (var socket in ready)
            {
                if (bySocket[socket].Receive() is not { } took)
                {
                    continue;
                }

                latencies.Add(took);
                if (Stopwatch.GetTimestamp() < deadline)
                {
                    bySocket[socket].Send();
                }
                else
                {
                    inFlight.Remove(socket);
                }
            }
        }

        return new LoadResult(
            latencies.Count / Stopwatch.GetElapsedTime(started).TotalSeconds,
            latencies.Percentile(0.5),
            latencies.Percentile(0.99),
            latencies.Count,
            connections.Sum(c => c.Bad) - badBefore,
            connections.Select(c => c.FirstBad).FirstOrDefault(b => b is not null));
    }
}
