using Smcp.Storage.Sqlite;
using Xunit.Abstractions;

namespace Smcp.Storage;

/// <summary>
/// What the writer wrote and synced is recorded call by call; then the power fails, on paper, at many moments, and each
/// disk that could be left is opened. <c>SMCP_FULL=1</c> runs the long count, <c>SMCP_SEED</c> repeats a run.
/// </summary>
public sealed class PowerLossTests(ITestOutputHelper output) : IDisposable
{
    private static readonly bool IsFull = Environment.GetEnvironmentVariable("SMCP_FULL") == "1";

    private readonly int _seed =
        int.TryParse(Environment.GetEnvironmentVariable("SMCP_SEED"), out var seed) ? seed : Environment.TickCount;

    // In memory where there is such a folder: an image lives for milliseconds.
    private readonly string _folder = Path.Combine(
        Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath(), $"smcp-power-{Guid.NewGuid():N}");

    [StraceFact]
    public async Task Store_LosesNothingAcknowledged_WhenThePowerFails()
    {
        var (images, problems) = await FailAsync(IsFull ? 1500 : 150, []);

        Assert.True(problems.Count == 0, $"Seed {_seed}, {images} images:\n{string.Join('\n', problems)}");
    }

    [StraceFact]
    public async Task Store_IsSeenToLoseAcknowledgedWrites_WhenItDoesNotSync()
    {
        var (images, problems) = await FailAsync(IsFull ? 200 : 40, ["synchronous-off"]);

        Assert.True(problems.Count > 0, $"Seed {_seed}: {images} images of an unsynced store show no loss.");
    }

    public void Dispose()
    {
        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    private async Task<(int Images, IReadOnlyList<string> Problems)> FailAsync(int images, string[] switches)
    {
        Directory.CreateDirectory(_folder);
        var data = Path.Combine(_folder, "data");
        var traceFile = Path.Combine(_folder, "trace");
        await WriterProcess.TraceAsync(traceFile, ["write", data, "6", "25", .. switches]);
        var trace = SyscallTrace.Read(traceFile, data);
        File.Delete(traceFile);
        Assert.NotEmpty(trace.OfType<TraceEvent.Say>());

        var random = new Random(_seed);
        var moments = Enumerable.Range(0, images).Select(_ => random.Next(trace.Count + 1)).Order().ToArray();
        var disk = new SimulatedDisk();
        var said = new Acknowledgements();
        var problems = new List<string>();
        var next = 0;
        for (var at = 0; at <= trace.Count; at++)
        {
            for (; next < images && moments[next] == at; next++)
            {
                problems.AddRange(await CheckAsync(disk.Fail(new Random(_seed + next)), said, $"image {next} at {at}"));
            }

            if (at < trace.Count)
            {
                disk.Apply(trace[at]);
                Hear(trace[at], said);
            }
        }

        var path = Path.Combine(data, "smcp.db");
        var real = await File.ReadAllBytesAsync(path);
        Assert.True(
            disk.Read(path).AsSpan().SequenceEqual(real),
            "The trace missed a call: the file that it adds up to is not the real one.");
        output.WriteLine($"Seed {_seed}: {images} images of {trace.Count} calls, "
            + $"{trace.OfType<TraceEvent.Sync>().Count()} syncs, {said.Count} acknowledgements, "
            + $"{problems.Count} problems.");
        return (images, problems);
    }

    private static void Hear(TraceEvent happened, Acknowledgements said)
    {
        if (happened is TraceEvent.Say say)
        {
            foreach (var line in say.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            {
                said.Add(line);
            }
        }
    }

    /// <summary>Opens an image as the product does, and looks for what was acknowledged before the moment.</summary>
    private async Task<IEnumerable<string>> CheckAsync(
        IReadOnlyDictionary<string, byte[]> files, Acknowledgements said, string image)
    {
        var folder = Path.Combine(_folder, "image");
        Directory.CreateDirectory(folder);
        foreach (var (path, content) in files)
        {
            await File.WriteAllBytesAsync(Path.Combine(folder, Path.GetFileName(path)), content);
        }

        try
        {
            await using var store = new TemporaryStore(folder);
            using var database = SqliteDatabase.Open(store.DatabasePath, TimeSpan.Zero);
            var integrity = database.QueryText("PRAGMA integrity_check");
            IEnumerable<string> losses = await said.FindLossesAsync(store.Store);
            return (integrity == "ok" ? losses : losses.Append($"integrity_check: {integrity}"))
                .Select(loss => $"{image}: {loss}");
        }
        catch (Exception exception) when (exception is StorageStartException or StorageUnavailableException)
        {
            return [$"{image}: {exception.Message}"];
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
