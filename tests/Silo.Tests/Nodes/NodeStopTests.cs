using System.Net;
using Smcp.EndToEnd.Crash;
using Smcp.Testing;

namespace Smcp.Nodes;

/// <summary>SIGTERM ends a node in good order, whatever its role is.</summary>
[Collection(FaultCollection.Name)]
public sealed class NodeStopTests(FaultFixture fixture) : IClassFixture<FaultFixture>
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(120);

    private NodeProgram Gateway => fixture.Cluster.GatewayNodes[0].Program;

    private Uri Endpoint => new(Gateway.Url, "/t/default/s/echo/mcp");

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Silo_LosesNoCall_WhenItLeaves(int silo)
    {
        await fixture.Cluster.RestoreAsync();
        using var deadline = new CancellationTokenSource(Deadline, TimeProvider.System);
        using var wire = new McpWire(fixture.Cluster.Key);
        await wire.OpenAsync(Endpoint, deadline.Token);
        var stopping = fixture.Cluster.SiloNodes[silo].Program.StopAsync(Deadline);
        var calls = 0;
        while (!stopping.IsCompleted)
        {
            var answer = await wire.RequestAsync(
                Endpoint, "tools/call", """{"name":"echo","arguments":{"message":"still"}}""", deadline.Token);
            Assert.Contains("still", answer.Data, StringComparison.Ordinal);
            calls++;
        }

        var run = await stopping;
        Assert.True(run.ExitCode == 0, run.Said);
        Assert.True(calls > 0, "No call was made while the silo stopped.");
    }

    [Fact]
    public async Task Gateway_IsNotReadyFirst_WhenItIsToldToStop()
    {
        await fixture.Cluster.RestoreAsync();
        using var http = new HttpClient();
        using var wire = new McpWire(fixture.Cluster.Key);
        await wire.OpenAsync(Endpoint, CancellationToken.None);
        var ready = new Uri(Gateway.Url, "/health/ready");

        var stopping = Gateway.StopAsync(Deadline);
        var told = HttpStatusCode.OK;
        while (told == HttpStatusCode.OK)
        {
            using var answer = await http.GetAsync(ready);
            told = answer.StatusCode;
        }

        Assert.Equal(HttpStatusCode.ServiceUnavailable, told);
        var served = await wire.RequestAsync(Endpoint, "ping", "{}", CancellationToken.None);
        Assert.NotNull(served.Message!["result"]);
        var run = await stopping;
        Assert.True(run.ExitCode == 0, run.Said);
    }

    /// <summary>The definite error, on the stream that the client resumes elsewhere.</summary>
    [Fact]
    public async Task Call_EndsWithTheDefiniteError_WhenItOutlivesTheDrain()
    {
        await fixture.Cluster.RestoreAsync();
        using var deadline = new CancellationTokenSource(Deadline, TimeProvider.System);
        using var wire = new McpWire(fixture.Cluster.Key);
        var endpoint = new Uri(Gateway.Url, "/t/default/s/everything/mcp");
        await wire.OpenAsync(endpoint, deadline.Token);
        var primed = new TaskCompletionSource<string>();
        var call = ReadAsync(wire, endpoint, primed, deadline.Token);
        var first = await primed.Task.WaitAsync(deadline.Token);
        foreach (var silo in fixture.Cluster.SiloNodes)
        {
            // The instance is on one of them.
            var run = await silo.Program.StopAsync(Deadline);
            Assert.True(run.ExitCode == 0, run.Said);
            await silo.StartAsync();
        }

        var last = await call;
        if (!last.IsAnswer)
        {
            await foreach (var seen in wire.ResumeAsync(endpoint, first, deadline.Token))
            {
                last = seen;
            }
        }

        Assert.Equal(-32603, (int?)last.Message?["error"]?["code"]);
        Assert.Contains("stopped", (string?)last.Message?["error"]?["message"], StringComparison.Ordinal);
    }

    /// <summary>A call that runs for minutes, until its stream ends.</summary>
    private static async Task<SseEvent> ReadAsync(
        McpWire wire, Uri endpoint, TaskCompletionSource<string> primed, CancellationToken cancellationToken)
    {
        var last = new SseEvent(null, string.Empty);
        var call = wire.StreamAsync(
            endpoint, "tools/call", """{"name":"test_cancellation","arguments":{"seconds":300}}""", cancellationToken);
        await foreach (var seen in call)
        {
            primed.TrySetResult(seen.Id!);
            last = seen;
        }

        return last;
    }
}
