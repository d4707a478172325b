using Smcp.EndToEnd.Crash;
using Smcp.Sessions;

namespace Smcp.Servers;

/// <summary>The members of a pool are on all silos, as many on each, and each session stays with one of them.</summary>
public sealed class PoolAcrossSilosTests(TwoSilos silos) : IClassFixture<TwoSilos>
{
    private const int Sessions = 48;
    private const int Members = 8;

    [Fact]
    public async Task Pool_IsSpreadOverTheSilos_AndEachSessionStaysWithAMember()
    {
        await using var gateway = await ClusterGateway.StartAsync(silos.Client);
        var endpoint = new Uri(gateway.Http.BaseAddress!, "/t/default/s/spread/mcp");
        var answered = new List<string>();
        for (var session = 0; session < Sessions; session++)
        {
            using var wire = new McpWire();
            await wire.OpenAsync(endpoint, CancellationToken.None);
            var (first, second) = (await AskAsync(wire, endpoint), await AskAsync(wire, endpoint));
            Assert.Equal(first, second);
            answered.Add(first);
        }

        Assert.Equal(Members, answered.Distinct().Count());
        var places = Enumerable.Range(0, Members).Select(n => silos.SiloOf("instance", $"default/spread/pool-{n}"));
        Assert.Equal([Members / 2, Members / 2], places.CountBy(silo => silo).Select(silo => silo.Value));
    }

    private static async Task<string> AskAsync(McpWire wire, Uri endpoint)
    {
        var answer = await wire.RequestAsync(
            endpoint, "tools/call", """{"name":"who","arguments":{}}""", CancellationToken.None);
        return answer.Message!["result"]!["content"]![0]!["text"]!.GetValue<string>();
    }
}
