using System.Diagnostics;
using System.Net.Sockets;
using Smcp.Bench.Peers;
using Smcp.Bench.Processes;

namespace Smcp.Bench.Measures;

/// <summary>
/// What a call takes, from its first byte to its answer's last, where its worker's process runs, has ended because it
/// rested, or was just killed with another waiting beside it. As root, in jails of level full.
/// </summary>
internal static class WorkerStart
{
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(1);

    public static async Task<WorkerStartRow> MeasureAsync(string name, byte[] bundle, int rounds)
    {
        var (_, whole) = await ColdAsync(bundle, rounds, blanks: 0);
        var (warm, cold) = await ColdAsync(bundle, rounds, blanks: 1);
        var pooled = await PooledAsync(bundle, rounds);
        return new WorkerStartRow(
            name, At(warm, 0.5), At(whole, 0.5), At(cold, 0.5), At(cold, 0.95), At(pooled, 0.5), At(pooled, 0.95));
    }

    private static async Task<(List<double> Warm, List<double> Cold)> ColdAsync(
        byte[] bundle, int rounds, int blanks)
    {
        using var data = new BenchFolder();
        using var smcp = PeerServers.Smcp(
            data.Path,
            $"--Smcp:Worker:IdleTimeout={Rest}",
            "--Smcp:Worker:WatchPeriod=00:00:00.050",
            $"--Smcp:Worker:Blanks={blanks}");
        var call = await DeployAsync(smcp, data.Path, bundle);
        List<double> warm = [];
        List<double> cold = [];
        for (var i = 0; i < rounds; i++)
        {
            await Task.Delay(Rest + TimeSpan.FromMilliseconds(500), TimeProvider.System);
            cold.Add(call(ToolCall.Echo));
            warm.Add(call(ToolCall.Echo));
        }

        return (warm, cold);
    }

    private static async Task<List<double>> PooledAsync(byte[] bundle, int rounds)
    {
        using var data = new BenchFolder();
        using var smcp = PeerServers.Smcp(
            data.Path, "--Smcp:Worker:PoolSize=1", "--Smcp:Worker:CpuTimeMax=00:00:00.100");
        var call = await DeployAsync(smcp, data.Path, bundle);
        List<double> pooled = [];
        for (var i = 0; i < rounds; i++)
        {
            // Until the one that waits is there, and again until the one that was killed is gone.
            await Task.Delay(Rest, TimeProvider.System);
            call(ToolCall.Die);
            await Task.Delay(Rest, TimeProvider.System);
            pooled.Add(call(ToolCall.Echo));
        }

        return pooled;
    }

    /// <summary>Deploys it, and calls each path once: what is measured is a start of the worker, not of .NET.</summary>
    private static async Task<Func<ToolCall, double>> DeployAsync(MeasuredServer smcp, string data, byte[] bundle)
    {
        using var operators = new OperatorClient(smcp.Url, data);
        await operators.DeployAsync("worker", bundle);
        var key = await operators.CreateKeyAsync();
        var url = PeerServers.EndpointOf(smcp.Url, "worker");
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        socket.Connect(McpRequests.EndPointOf(url));
        for (var i = 0; i < 20; i++)
        {
            Call(ToolCall.Echo);
        }

        return Call;

        double Call(ToolCall call)
        {
            var request = PeerServers.WithoutSession(string.Empty, smcp, url, call, key).Request().Call;
            var began = Stopwatch.GetTimestamp();
            var answer = McpSession.Exchange(socket, request);
            var took = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
            return answer.Text.Contains(call.Expected, StringComparison.Ordinal)
                ? took
                : throw new InvalidOperationException(answer.Text);
        }
    }

    private static double At(List<double> times, double share) =>
        times.Order().ElementAt((int)(share * (times.Count - 1)));
}
