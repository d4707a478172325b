using Smcp.EndToEnd.Crash;
using Smcp.EndToEnd.Serving;
using Smcp.TestSupport;
using Smcp.Testing;

namespace Smcp.Nodes;

/// <summary>A cluster none of whose silos runs programs of others.</summary>
public sealed class NoProgramsTests
{
    [Fact]
    public async Task Program_IsRefused_AndWhatNeedsNoJailIsServed()
    {
        using var folder = new DataFolder();
        var ports = FreePorts.Take(2);
        var key = Path.Combine(folder.Path, "operator.key");
        await using var node = await NodeProgram.StartAsync(
            [
                .. LocalNodes.Silo(ports[0], ports[1], ports[0]), "--role", "all", "--Smcp:Silo:Programs=false",
                $"--Smcp:Silo:OperatorKeyFile={key}",
            ],
            LocalNodes.Environment);
        using var desk = new ClusterDesk([node.Url], await File.ReadAllTextAsync(key));
        await desk.DeployAsync(
            0, "program", """{"runtime":"process","manifest":"live","process":{"command":"cat"} }""");
        await desk.DeployAsync(0, "desk", """{"runtime":"virtual","virtual":{"members":[{"server":"echo"}]} }""");
        var client = await desk.IssueKeyAsync();

        using var refused = new McpWire(client);
        var program = new Uri(node.Url, "/t/default/s/program/mcp");
        var refusal = await Assert.ThrowsAnyAsync<HttpRequestException>(
            () => refused.OpenAsync(program, CancellationToken.None));
        using var served = new McpWire(client);
        var composed = new Uri(node.Url, "/t/default/s/desk/mcp");
        await served.OpenAsync(composed, CancellationToken.None);
        var echoed = await served.RequestAsync(
            composed, "tools/call", """{"name":"echo","arguments":{"message":"hello"}}""", CancellationToken.None);

        Assert.Equal(System.Net.HttpStatusCode.ServiceUnavailable, refusal.StatusCode);
        Assert.Contains("hello", echoed.Data, StringComparison.Ordinal);
    }
}
