using System.Globalization;
using Smcp.Testing;
using Smcp.TestSupport;
using Xunit.Abstractions;

namespace Smcp.Nodes;

/// <summary>
/// Faults of real nodes over PostgreSQL, with fifty sessions at work: acknowledged effects are there once, unknown ones
/// at most once, and every stream that is resumed shows each later event once, in order.
/// </summary>
public sealed class FaultTests(ITestOutputHelper output)
{
    private static readonly TimeSpan RoundPatience = TimeSpan.FromMinutes(6);
    private static readonly TimeSpan UsablePromise = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task Sessions_KeepEveryPromise_WhenNodesAndLinksAndStoreFail()
    {
        var (network, problem) = await NodeNetwork.MakeAsync(3);
        await using var made = network;
        FaultKind[] kinds = network is null
            ? [.. Wanted().Where(kind => kind != FaultKind.Partition)]
            : [.. Wanted()];
        output.WriteLine(problem ?? "Each node is in a network namespace of its own.");
        using var database = new PostgresServer();
        await using var cluster = await FaultCluster.StartAsync(database, network);
        foreach (var kind in kinds)
        {
            var seed = Seed();
            using var late = new CancellationTokenSource(RoundPatience, TimeProvider.System);
            var outcome = await new FaultRound(cluster, kind, seed).RunAsync(late.Token);
            Report(outcome);
            Assert.True(
                outcome.Broken.Count == 0,
                $"SMCP_SEED={seed} {kind}\n{string.Join('\n', outcome.Broken.Take(50))}");
            Assert.True(outcome.Acknowledged > 0 && outcome.Streams > 0, "Nothing was done, so nothing was tested.");
            AssertPromises(outcome);
        }
    }

    private static void AssertPromises(FaultOutcome outcome)
    {
        var failed = string.Join('\n', outcome.Problems.Take(50));
        if (outcome.Kind == FaultKind.RollingRestart)
        {
            Assert.True(outcome.Problems.Count == 0, $"SMCP_SEED={outcome.Seed}: requests failed.\n{failed}");
        }

        if (outcome.Kind is FaultKind.KillSilo or FaultKind.KillGateway)
        {
            Assert.True(
                outcome.UsableAfter <= UsablePromise,
                $"SMCP_SEED={outcome.Seed}: usable after {outcome.UsableAfter} only.\n{failed}");
        }
    }

    /// <summary>The kinds to run: one of each, or what <c>bench/faults</c> asks for.</summary>
    private static IEnumerable<FaultKind> Wanted() =>
        Environment.GetEnvironmentVariable("SMCP_FAULTS") is { Length: > 0 } list
            ? list.Split(',').Select(Enum.Parse<FaultKind>)
            : Enum.GetValues<FaultKind>();

    private static int Seed() => Environment.GetEnvironmentVariable("SMCP_SEED") is { } given
        ? int.Parse(given, CultureInfo.InvariantCulture)
        : Random.Shared.Next();

    private void Report(FaultOutcome outcome)
    {
        output.WriteLine(outcome.Row);
        foreach (var problem in outcome.Problems.Take(20))
        {
            output.WriteLine($"  {problem}");
        }

        if (Environment.GetEnvironmentVariable("SMCP_FAULT_RESULTS") is { Length: > 0 } file)
        {
            var date = TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            File.AppendAllText(file, $"{date},{outcome.Row}\n");
        }
    }
}
