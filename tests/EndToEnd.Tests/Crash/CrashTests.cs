using System.Globalization;
using Smcp.EndToEnd.Serving;
using Xunit.Abstractions;

namespace Smcp.EndToEnd.Crash;

/// <summary>
/// SIGKILL at random moments. An acknowledged effect is there once, an unknown one at most once; session ids work on
/// with what was negotiated; every stream that is resumed with its last id shows every later event once, in order.
/// </summary>
public sealed class CrashTests(ITestOutputHelper output)
{
    private const int RoundsOfARun = 5;

    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(5);

    [Fact]
    public async Task Crash_BreaksNoPromise()
    {
        for (var run = 0; run < (Workspace.IsFull ? 10 : 1); run++)
        {
            var seed = Seed();
            using var late = new CancellationTokenSource(Deadline, TimeProvider.System);
            var crashes = new CrashRun(seed, data => Standalone.StartAsync(data));
            var broken = await crashes.RunAsync(RoundsOfARun, late.Token);

            output.WriteLine($"{RoundsOfARun} rounds, {crashes.Acknowledged} effects acknowledged.");
            Assert.True(broken.Count == 0, $"SMCP_SEED={seed}\n{string.Join('\n', broken)}");
            Assert.True(crashes.Acknowledged > 0, "Nothing was acknowledged, so nothing was tested.");
        }
    }

    [Fact]
    public async Task Crash_IsNoticed_WhenTheStoreAcknowledgesBeforeItCommits()
    {
        var seed = Seed();
        using var late = new CancellationTokenSource(Deadline, TimeProvider.System);
        var crashes = new CrashRun(seed, data => Standalone.StartAsync(data, failpoint: "acknowledge-early"));
        var broken = await crashes.RunAsync(RoundsOfARun, late.Token);

        output.WriteLine(string.Join('\n', broken));
        Assert.True(broken.Count > 0, $"SMCP_SEED={seed}: effects were acknowledged too early, and nobody noticed.");
    }

    private int Seed()
    {
        var given = Environment.GetEnvironmentVariable("SMCP_SEED");
        var seed = given is null ? Random.Shared.Next() : int.Parse(given, CultureInfo.InvariantCulture);
        output.WriteLine($"SMCP_SEED={seed}");
        return seed;
    }
}
