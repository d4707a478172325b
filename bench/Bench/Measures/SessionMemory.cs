using Smcp.Bench.Peers;
using Smcp.Bench.Processes;

namespace Smcp.Bench.Measures;

/// <summary>What sessions cost in memory: while they are active, and once they are idle and have left it.</summary>
internal static class SessionMemory
{
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(2);

    /// <param name="server">A fresh server.</param>
    /// <param name="url">Its echo endpoint.</param>
    /// <param name="sessions">How many to open.</param>
    /// <param name="idleMax">How long at most to wait until they are idle.</param>
    public static async Task<SessionMemoryRow> MeasureAsync(
        MeasuredServer server, Uri url, int sessions, TimeSpan idleMax)
    {
        // As many before bring in what later ones share: code compiled anew while hot, pools, caches of the store.
        var heapAtStart = server.CollectedHeapBytes;
        Open(url, sessions);
        await IdleAsync(server, heapAtStart, server.CollectedHeapBytes, idleMax);
        var (heapBefore, residentBefore) = (server.CollectedHeapBytes, server.ResidentMiB);
        Open(url, sessions);
        var (heapActive, residentActive) = (server.CollectedHeapBytes, server.ResidentMiB);
        var heapIdle = await IdleAsync(server, heapBefore, heapActive, idleMax);
        return new SessionMemoryRow(
            sessions,
            (heapActive - heapBefore) / (double)sessions,
            (heapIdle - heapBefore) / 1048576.0,
            residentActive - residentBefore,
            server.ResidentMiB - residentBefore);
    }

    /// <summary>The heap once nearly all that the sessions hold is gone from it, or when it stays as it is.</summary>
    private static async Task<long> IdleAsync(
        MeasuredServer server, long heapBefore, long heapActive, TimeSpan idleMax)
    {
        var heap = heapActive;
        var enough = heapBefore + (heapActive - heapBefore) / 20;
        for (var waited = TimeSpan.Zero; waited < idleMax && heap > enough; waited += Step)
        {
            await Task.Delay(Step, TimeProvider.System);
            heap = server.CollectedHeapBytes;
        }

        return heap;
    }

    private static void Open(Uri url, int count)
    {
        for (var opened = 0; opened < count; opened++)
        {
            McpSession.Open(url);
        }
    }
}
