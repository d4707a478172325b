using System.Net;
using Smcp.EndToEnd.Crash;
using Smcp.Testing;

namespace Smcp.Nodes;

/// <summary>SIGTERM ends a node in good order, whatever its role is.</summary>
public sealed class NodeStopTests : IAsyncLifetime
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(90);

    private readonly LocalNodes _nodes = new();

    public Task InitializeAsync() => _nodes.InitializeAsync();

    public Task DisposeAsync() => _nodes.DisposeAsync();

    [Fact]
    public async Task Stop_LosesNoCall_WhenTheSiloOfItsInstanceLeaves()
    {
        using var deadline = new CancellationTokenSource(Deadline, TimeProvider.System);
        var endpoint = _nodes.Endpoint("echo");
        using var wire = new McpWire();
        await wire.OpenAsync(endpoint, deadline.Token);
        var stopping = _nodes.Silos[1].StopAsync(Deadline);
        var calls = 0;
        while (!stopping.IsCompleted)
        {
            var answer = await wire.RequestAsync(
                endpoint, "tools/call", """{"name":"echo","arguments":{"message":"still"}}""", deadline.Token);
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
        using var http = new HttpClient();
        using var wire = new McpWire();
        await wire.OpenAsync(_nodes.Endpoint("echo"), CancellationToken.None);
        var ready = new Uri(_nodes.Gateway.Url, "/health/ready");

        var stopping = _nodes.Gateway.StopAsync(Deadline);
        var told = HttpStatusCode.OK;
        while (told == HttpStatusCode.OK)
        {
            using var answer = await http.GetAsync(ready);
            told = answer.StatusCode;
        }

        Assert.Equal(HttpStatusCode.ServiceUnavailable, told);
        var served = await wire.RequestAsync(_nodes.Endpoint("echo"), "ping", "{}", CancellationToken.None);
        Assert.NotNull(served.Message!["result"]);
        var run = await stopping;
        Assert.True(run.ExitCode == 0, run.Said);
    }
}
