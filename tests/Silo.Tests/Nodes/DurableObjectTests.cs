using System.Globalization;
using Smcp.EndToEnd.Crash;
using Smcp.Runtimes.Worker;
using Smcp.Testing;
using Xunit.Abstractions;

namespace Smcp.Nodes;

/// <summary>Durable Objects of a worker that goes from silo to silo.</summary>
[Collection(FaultCollection.Name)]
public sealed class DurableObjectTests(FaultFixture fixture, ITestOutputHelper output) : IClassFixture<FaultFixture>
{
    private const string Server = "visits";

    private const string Settings =
        """
        {"runtime":"worker","manifest":"live","worker":{"main":"main.mjs","durableObjects":{"VISITS":"Visits"} } }
        """;

    private const string Module =
        """
        import { DurableObject } from "cloudflare:workers";
        export class Visits extends DurableObject {
          async add() {
            const n = ((await this.ctx.storage.get("n")) ?? 0) + 1;
            await this.ctx.storage.put("n", n);
            return n;
          }
        }
        export const tools = {
          async visit(_, { env }) { return String(await env.VISITS.get(env.VISITS.idFromName("door")).add()); },
        };
        """;

    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(120);

    private Uri Endpoint => new(fixture.Cluster.GatewayNodes[0].Program.Url, $"/t/default/s/{Server}/mcp");

    /// <summary>
    /// Each silo leaves once, so the one that its worker is on does. A visit on the way may fail, and then count or
    /// not; one that was answered is never forgotten, and nothing counts twice.
    /// </summary>
    [WorkerFact]
    public async Task Object_KeepsWhatItAnswered_WhereverItsWorkerGoes()
    {
        using var late = new CancellationTokenSource(Deadline, TimeProvider.System);
        using var desk = fixture.Cluster.OpenDesk();
        await desk.DeployAsync(0, Server, Settings, ("main.mjs", Module));
        var (visits, asked) = await VisitAsync(late.Token);
        Assert.Equal((1, 1), (visits, asked));

        foreach (var silo in fixture.Cluster.SiloNodes)
        {
            var run = await silo.Program.StopAsync(StopPatience);
            Assert.True(run.ExitCode == 0, run.Said);
            var (now, times) = await VisitAsync(late.Token);
            Assert.InRange(now, visits + 1, visits + times);
            visits = now;
            await silo.StartAsync();
        }
    }

    /// <summary>Until it is answered: what the count is then, and how many times it was asked.</summary>
    private async Task<(int Visits, int Asked)> VisitAsync(CancellationToken cancellationToken)
    {
        using var client = new McpWire(fixture.Cluster.Key);
        await client.OpenAsync(Endpoint, cancellationToken);
        for (var asked = 1; ; asked++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var answer = await client.RequestAsync(
                Endpoint, "tools/call", """{"name":"visit","arguments":{} }""", cancellationToken);
            var text = (string?)answer.Message!["result"]?["content"]?[0]?["text"];
            if (int.TryParse(text, CultureInfo.InvariantCulture, out var visits))
            {
                return (visits, asked);
            }

            output.WriteLine($"Asked {asked} times: {answer.Data}");
        }
    }
}
