namespace Smcp.Storage;

/// <summary>A writing process dies by SIGKILL; what it had been told is durable must be there.</summary>
public sealed class ProcessKillTests : IDisposable
{
    private static readonly int Rounds = Environment.GetEnvironmentVariable("SMCP_FULL") == "1" ? 50 : 3;

    private readonly int _seed =
        int.TryParse(Environment.GetEnvironmentVariable("SMCP_SEED"), out var seed) ? seed : Environment.TickCount;

    private readonly string _folder = Directory.CreateTempSubdirectory("smcp-kill-").FullName;

    [Fact]
    public async Task Store_HasEverythingAcknowledged_WhenTheProcessIsKilled()
    {
        var random = new Random(_seed);
        var said = new Acknowledgements();
        for (var round = 0; round < Rounds; round++)
        {
            await KillAfterAsync(random.Next(1, 400), said, "8", "0");

            Assert.True(
                await FindLossesAsync(said) is { Count: 0 },
                $"Seed {_seed}, round {round}: {string.Join('\n', await FindLossesAsync(said))}");
        }
    }

    [Theory]
    [InlineData("Taken")]
    [InlineData("Applied")]
    [InlineData("Committed")]
    [InlineData("Acknowledged")]
    public async Task Store_HasEverythingAcknowledgedAndNothingByHalves_WhenTheProcessDiesAt(string point)
    {
        var said = new Acknowledgements();
        foreach (var batch in (int[])[1, 25])
        {
            await KillAfterAsync(int.MaxValue, said, "4", "0", $"die-{point}-{batch}");

            Assert.Empty(await FindLossesAsync(said));
        }
    }

    [Fact]
    public async Task Store_IsSeenToLoseAcknowledgedWrites_WhenItAcknowledgesBeforeTheCommit()
    {
        var said = new Acknowledgements();

        await KillAfterAsync(1, said, "4", "0", "acknowledge-only-1");

        Assert.NotEmpty(await FindLossesAsync(said));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>Starts a writer and kills it once it said so many lines, if it does not die before.</summary>
    private async Task KillAfterAsync(int lines, Acknowledgements said, params string[] arguments)
    {
        using var writer = WriterProcess.Start(["write", _folder, .. arguments]);
        while (lines-- > 0 && await writer.Output.ReadLineAsync() is { } line)
        {
            said.Add(line);
        }

        await writer.KillAsync();

        // What stands in the pipe was acknowledged too.
        while (await writer.Output.ReadLineAsync() is { } line)
        {
            said.Add(line);
        }
    }

    private async Task<IReadOnlyList<string>> FindLossesAsync(Acknowledgements said)
    {
        await using var store = new TemporaryStore(_folder);
        return await said.FindLossesAsync(store.Store);
    }
}
