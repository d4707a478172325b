using System.Net.Sockets;
using Smcp.Bench.Peers;
using Smcp.Bench.Processes;

namespace Smcp.Bench.Measures;

/// <summary>What an instance takes that has a process of its own: what it shares with others counts in parts.</summary>
internal static class InstanceMemory
{
    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(2);

    /// <param name="name">As it stands in the results.</param>
    /// <param name="bundle">What is deployed: an instance for each session.</param>
    /// <param name="program">What its processes run.</param>
    /// <param name="instances">How many.</param>
    public static async Task<InstanceMemoryRow> MeasureAsync(
        string name, byte[] bundle, string program, int instances)
    {
        using var data = new BenchFolder();
        using var smcp = PeerServers.Smcp(data.Path, RuntimeServers.Options());
        using var operators = new OperatorClient(smcp.Url, data.Path);
        await operators.SetQuotasAsync();
        await operators.DeployAsync("each", bundle);
        var key = await operators.CreateKeyAsync();
        var url = PeerServers.EndpointOf(smcp.Url, "each");

        // The first brings what all later ones share.
        var first = McpSession.Open(url, McpRequests.Bearer(key));
        Call(url, first);
        var before = await MeasureAsync(smcp, program);
        var sessions = Enumerable.Range(0, instances)
            .Select(_ => McpSession.Open(url, McpRequests.Bearer(key))).ToList();
        var idle = await MeasureAsync(smcp, program);
        sessions.ForEach(session => Call(url, session));
        var called = await MeasureAsync(smcp, program);
        if (called.Processes - before.Processes != instances)
        {
            throw new InvalidOperationException(
                $"{instances} sessions have {called.Processes - before.Processes} processes.");
        }

        return new InstanceMemoryRow(
            name,
            instances,
            (idle.Below - before.Below) / instances,
            (called.Below - before.Below) / instances,
            Math.Max(0, (idle.Own - before.Own) / instances),
            Math.Max(0, (called.Own - before.Own) / instances));
    }

    private static async Task<(int Processes, double Below, double Own)> MeasureAsync(
        MeasuredServer smcp, string program)
    {
        await Task.Delay(Settle, TimeProvider.System);
        var below = ProcessTree.BelowMiB(smcp.ProcessId);
        return (
            ProcessTree.Running(smcp.ProcessId, program).Count,
            below,
            smcp.CollectedHeapBytes / 1048576.0);
    }

    private static void Call(Uri url, (string Name, string Value)[] session)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        socket.Connect(McpRequests.EndPointOf(url));
        var call = McpRequests.Call(ToolCall.Echo.Tool, ToolCall.Echo.Arguments);
        var answer = McpSession.Exchange(socket, McpRequests.Post(url, call, session));
        if (!answer.Text.Contains(ToolCall.Echo.Expected, StringComparison.Ordinal))
        {
            throw new InvalidOperationException(answer.Text);
        }
    }
}
