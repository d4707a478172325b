using System.Globalization;
using Smcp.Testing;
using Xunit.Abstractions;

namespace Smcp.Nodes;

/// <summary>
/// Faults of real nodes over PostgreSQL, with fifty sessions at work: acknowledged effects are there once, unknown ones
/// at most once, and every stream that is resumed shows each later event once, in order.
/// </summary>
[Collection(FaultCollection.Name)]
public sealed class FaultTests(FaultFixture fixture, ITestOutputHelper output) : IClassFixture<FaultFixture>
{
    private static readonly TimeSpan RoundPatience = TimeSpan.FromMinutes(6);
    private static readonly TimeSpan UsablePromise = TimeSpan.FromSeconds(10);

    [Theory]
    [InlineData(nameof(FaultKind.KillSilo))]
    [InlineData(nameof(FaultKind.KillGateway))]
    [InlineData(nameof(FaultKind.RollingRestart))]
    [InlineData(nameof(FaultKind.Pause))]
    [InlineData(nameof(FaultKind.Partition))]
    [InlineData(nameof(FaultKind.Storage))]
    public async Task Sessions_KeepEveryPromise_WhenSomethingFails(string fault)
    {
        var kind = Enum.Parse<FaultKind>(fault);
        if (kind == FaultKind.Partition && fixture.NetworkProblem is { } problem)
        {
            output.WriteLine($"Left out: {problem}");
            return;
        }

        for (var round = 0; round < Rounds; round++)
        {
            var seed = Seed();
            var outcome = await RunAsync(kind, seed);
            Report(outcome);
            AssertPromises(outcome);
        }
    }

    /// <summary>A round that does not come to its end is recorded too, without figures.</summary>
    private async Task<FaultOutcome> RunAsync(FaultKind kind, int seed)
    {
        using var late = new CancellationTokenSource(RoundPatience, TimeProvider.System);
        try
        {
            return await new FaultRound(fixture.Cluster, kind, seed).RunAsync(late.Token);
        }
        catch
        {
            Record(string.Create(
                CultureInfo.InvariantCulture, $"{kind},{seed},,,,,,,{MachineLoad.OfTheLastMinute:0.0}"));
            throw;
        }
    }

    /// <summary>One, or what <c>bench/faults</c> asks for.</summary>
    private static int Rounds =>
        Environment.GetEnvironmentVariable("SMCP_FAULT_ROUNDS") is { } asked
            ? int.Parse(asked, CultureInfo.InvariantCulture)
            : 1;

    private static void AssertPromises(FaultOutcome outcome)
    {
        var failed = string.Join('\n', outcome.Problems.Take(50));
        Assert.True(
            outcome.Broken.Count == 0,
            $"SMCP_SEED={outcome.Seed} {outcome.Kind}\n{string.Join('\n', outcome.Broken.Take(50))}");
        Assert.True(outcome.Acknowledged > 0 && outcome.Streams > 0, "Nothing was done, so nothing was tested.");
        if (outcome.Kind == FaultKind.RollingRestart)
        {
            Assert.True(outcome.Problems.Count == 0, $"SMCP_SEED={outcome.Seed}: requests failed.\n{failed}");
        }

        if (outcome.Kind is FaultKind.KillSilo or FaultKind.KillGateway)
        {
            Assert.True(
                outcome.UsableAfter <= UsablePromise * MachineLoad.Crowding,
                $"SMCP_SEED={outcome.Seed}: usable after {outcome.UsableAfter} only.\n{failed}");
        }
    }

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

        Record(outcome.Row);
    }

    private static void Record(string row)
    {
        if (Environment.GetEnvironmentVariable("SMCP_FAULT_RESULTS") is { Length: > 0 } file)
        {
            var date = TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            File.AppendAllText(file, $"{date},{row}\n");
        }
    }
}
