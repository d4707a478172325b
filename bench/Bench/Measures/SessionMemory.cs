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
        // The first sessions bring in code and pools that later ones share.
        Open(url, 200);
        var (heapBefore, residentBefore) = (server.CollectedHeapBytes, server.ResidentMiB);
        Open(url, sessions);
        var (heapActive, residentActive) = (server.CollectedHeapBytes, server.ResidentMiB);
        var heapIdle = heapActive;
        var enough = heapBefore + (heapActive - heapBefore) / 20;
        for (var waited = TimeSpan.Zero; waited < idleMax && heapIdle > enough; waited += Step)
        {
            await Task.Delay(Step, TimeProvider.System);
            heapIdle = server.CollectedHeapBytes;
        }

        return new SessionMemoryRow(
            sessions,
            (heapActive - heapBefore) / (double)sessions,
            (heapIdle - heapBefore) / 1048576.0,
            residentActive - residentBefore,
            server.ResidentMiB - residentBefore);
    }

    private static void Open(Uri url, int count)
    {
        for (var opened = 0; opened < count; opened++)
        {
            McpSession.Open(url);
        }
    }
}
