using Smcp.EndToEnd.Crash;

namespace Smcp.Testing;

/// <summary>
/// A session that follows streams, resumes each with the last id that it saw wherever it was cut off, and then holds
/// what came against what the log has.
/// </summary>
internal sealed class StreamClient(string name, string server, FaultBalancer balancer, RequestLog log, string key)
    : FaultClient(name, server, balancer, log, key)
{
    private const int ResumesMax = 200;

    private readonly List<StreamRecord> _streams = [];

    /// <summary>Streams that were followed to their end.</summary>
    public int Streams => _streams.Count;

    protected override TimeSpan Pause => TimeSpan.FromMilliseconds(250);

    /// <summary>Reads every stream once more from its first event, and tells what does not fit.</summary>
    public async Task VerifyAsync(CancellationToken cancellationToken)
    {
        foreach (var stream in _streams)
        {
            if (!stream.IsComplete)
            {
                Log.NoteBroken($"{Name}: the stream of {stream.FirstId} has no end");
                continue;
            }

            var logged = new List<SseEvent>();
            await foreach (var seen in Wire.ResumeAsync(Endpoint, stream.FirstId!, cancellationToken))
            {
                if (seen.Data.Length > 0)
                {
                    logged.Add(seen);
                }
            }

            foreach (var violation in stream.Violations(logged))
            {
                Log.NoteBroken($"{Name}: {violation}");
            }
        }
    }

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

        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(100), TimeProvider.System);
        for (var resume = 0; !stream.IsComplete && resume < ResumesMax; resume++)
        {
            await pause.WaitForNextTickAsync(CancellationToken.None);
            _ = await ExchangeAsync(late => ReadAsync(stream, Wire.ResumeAsync(Endpoint, stream.LastId!, late)));
        }

        _streams.Add(stream);
    }

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
