using Smcp.EndToEnd.Crash;

namespace Smcp.Testing;

/// <summary>
/// A session that follows streams, resumes each with the last id that it saw wherever it was cut off, and then holds
/// what came against what the log has.
/// </summary>
internal sealed class StreamClient(string name, string server, FaultBalancer balancer, RequestLog log, string key)
    : FaultClient(name, server, balancer, log, key)
{
    private const int RepeatsMax = 200;

    /// <summary>Streams that were followed to their end, and held against the log.</summary>
    public int Streams { get; private set; }

    protected override TimeSpan Pause => TimeSpan.FromMilliseconds(250);

    protected override async Task WorkOnceAsync(CancellationToken stop)
    {
        var stream = new StreamRecord();
        _ = await ExchangeAsync(late => ReadAsync(stream, Wire.StreamAsync(
            Endpoint,
            "tools/call",
            """{"name":"test_tool_with_progress","arguments":{},"_meta":{"progressToken":"p"}}""",
            late)));
        if (stream.LastId is null)
        {
            // Without an id nothing is promised.
            return;
        }

        await RepeatAsync(() => stream.IsComplete, () => ExchangeAsync(late => ReadAsync(
            stream, Wire.ResumeAsync(Endpoint, stream.LastId!, late))));
        var logged = new List<SseEvent>();
        await RepeatAsync(() => IsWhole(logged), () => ExchangeAsync(late => ReadAgainAsync(
            logged, Wire.ResumeAsync(Endpoint, stream.FirstId!, late))));
        if (!stream.IsComplete || !IsWhole(logged))
        {
            Log.NoteBroken($"{Name}: the stream of {stream.FirstId} has no end");
            return;
        }

        foreach (var violation in stream.Violations(logged))
        {
            Log.NoteBroken($"{Name}: {violation}");
        }

        Streams++;
    }

    private static async Task RepeatAsync(Func<bool> isDone, Func<Task> act)
    {
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(100), TimeProvider.System);
        for (var repeat = 0; !isDone() && repeat < RepeatsMax; repeat++)
        {
            await act();
            await pause.WaitForNextTickAsync(CancellationToken.None);
        }
    }

    /// <summary>Everything that the log holds of a stream behind its first event, to its answer.</summary>
    private static async Task<string?> ReadAgainAsync(List<SseEvent> logged, IAsyncEnumerable<SseEvent> events)
    {
        logged.Clear();
        await foreach (var seen in events)
        {
            if (seen.Data.Length > 0)
            {
                logged.Add(seen);
            }
        }

        return null;
    }

    private static bool IsWhole(List<SseEvent> logged) => logged.Count > 0 && logged[^1].IsAnswer;

    /// <summary>Reads what comes: a stream that a leaving gateway ends is no failure, as it can be resumed.</summary>
    private static async Task<string?> ReadAsync(StreamRecord stream, IAsyncEnumerable<SseEvent> events)
    {
        await foreach (var seen in events)
        {
            stream.Add(seen);
        }

        return stream.IsComplete ? ProblemOf(stream.Events[^1].Message!) : null;
    }
}
