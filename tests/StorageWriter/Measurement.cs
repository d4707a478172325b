using System.Diagnostics;

namespace Smcp.Storage;

/// <summary>Commits a second at some numbers of writers, each waiting for its own write, and reads a second.</summary>
internal sealed class Measurement(SqliteStore store)
{
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(3);
    private static readonly byte[] Payload = new byte[300];

    private readonly SqliteGrainStorage _grains = new(store);
    private readonly SqliteLogStorage _logs = new(store);

    public async Task RunAsync()
    {
        await WriteAsync(64);
        foreach (var writers in (int[])[1, 16, 64, 256])
        {
            await WriteAsync(writers);
        }

        await AppendAsync(64);
        await ReadAsync();
    }

    private Task WriteAsync(int writers) => MeasureAsync("state", writers, async (writer, until) =>
    {
        var address = new StateAddress("measure", $"{writer}", "state");
        var version = (await _grains.ReadAsync(address, CancellationToken.None))?.Version ?? 0;
        var latencies = new List<double>();
        while (Stopwatch.GetTimestamp() < until)
        {
            var start = Stopwatch.GetTimestamp();
            version = await _grains.WriteAsync(address, Payload, version, CancellationToken.None);
            latencies.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        return latencies;
    });

    private Task AppendAsync(int writers) => MeasureAsync("log", writers, async (writer, until) =>
    {
        var latencies = new List<double>();
        for (var sequence = 1L; Stopwatch.GetTimestamp() < until; sequence++)
        {
            var start = Stopwatch.GetTimestamp();
            await _logs.AppendAsync($"measure/{writer}", sequence, [Payload], CancellationToken.None);
            latencies.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        return latencies;
    });

    private async Task ReadAsync()
    {
        const int Reads = 200_000;
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < Reads; i++)
        {
            await _grains.ReadAsync(new StateAddress("measure", $"{i % 64}", "state"), CancellationToken.None);
        }

        var elapsed = Stopwatch.GetElapsedTime(start);
        Console.WriteLine($"read by key: {elapsed.TotalMicroseconds / Reads:F1} us");
    }

    private async Task MeasureAsync(string what, int writers, Func<int, long, Task<List<double>>> run)
    {
        var transactions = store.Writer.Transactions;
        var checkpoints = store.Writer.Checkpoints;
        var allocated = GC.GetTotalAllocatedBytes();
        using var process = Process.GetCurrentProcess();
        var cpu = process.TotalProcessorTime;
        var start = Stopwatch.GetTimestamp();
        var until = start + (long)(Length.TotalSeconds * Stopwatch.Frequency);
        var lists = await Task.WhenAll(
            Enumerable.Range(0, writers).Select(writer => Task.Run(() => run(writer, until))));
        var elapsed = Stopwatch.GetElapsedTime(start).TotalSeconds;
        process.Refresh();
        var latencies = lists.SelectMany(list => list).Order().ToArray();
        var count = latencies.Length;
        Console.WriteLine(
            $"{what}, {writers} writers: {count / elapsed:F0} writes/s, "
                + $"{(store.Writer.Transactions - transactions) / elapsed:F0} commits/s, "
                + $"{store.Writer.Checkpoints - checkpoints} checkpoints, "
                + $"p50 {latencies[count / 2]:F2} ms, p99 {latencies[count * 99 / 100]:F2} ms, "
                + $"{(process.TotalProcessorTime - cpu).TotalMicroseconds / count:F1} us CPU, "
                + $"{(GC.GetTotalAllocatedBytes() - allocated) / count} B each");
    }
}
