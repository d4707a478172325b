using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Smcp.EndToEnd.Serving;

namespace Smcp.EndToEnd.Crash;

/// <summary>One client with two sessions that outlive every crash: one counts, one follows streams.</summary>
internal sealed class CrashClient(string name, EffectHistory effects, Action tick) : IDisposable
{
    private readonly McpWire _counter = new();
    private readonly McpWire _streamer = new();
    private readonly List<StreamRecord> _streams = [];
    private readonly ConcurrentQueue<string> _broken = [];
    private int _operations;

    public async Task OpenAsync(Standalone smcp, CancellationToken cancellationToken)
    {
        await _counter.OpenAsync(smcp.Endpoint("counter"), cancellationToken);
        await _streamer.OpenAsync(smcp.Endpoint("everything"), cancellationToken);
        await _streamer.RequestAsync(
            smcp.Endpoint("everything"), "logging/setLevel", """{"level":"error"}""", cancellationToken);
    }

    /// <summary>Counts and streams until the server dies.</summary>
    public Task WorkAsync(Standalone smcp, int operationsMax, CancellationToken cancellationToken) => Task.WhenAll(
        UntilDeathAsync(() => KeepsAsync(
            "its counting session", () => CountAsync(smcp.Endpoint("counter"), operationsMax, cancellationToken))),
        UntilDeathAsync(() => KeepsAsync(
            "its streaming session", () => StreamAsync(smcp.Endpoint("everything"), cancellationToken))));

    /// <summary>
    /// After a restart: the same session ids, every stream resumed; what is wrong with what came, and what was refused.
    /// </summary>
    public async Task<IReadOnlyList<string>> RecoverAsync(Standalone smcp, CancellationToken cancellationToken)
    {
        var counter = smcp.Endpoint("counter");
        var everything = smcp.Endpoint("everything");
        await KeepsAsync(
            "its counting session", () => _counter.RequestAsync(counter, "tools/list", "{}", cancellationToken));
        await KeepsAsync(
            "its streaming session", () => _streamer.RequestAsync(everything, "tools/list", "{}", cancellationToken));
        foreach (var stream in _streams.Where(s => s.LastId is not null))
        {
            await KeepsAsync(
                $"the stream of {stream.FirstId}", () => RecoverAsync(stream, everything, cancellationToken));
        }

        _streams.Clear();
        return [.. _broken];
    }

    /// <summary>The ids of the operations that took effect, as the server has them.</summary>
    public async Task<IReadOnlyList<string>> HistoryAsync(Standalone smcp, CancellationToken cancellationToken)
    {
        var answer = await _counter.RequestAsync(
            smcp.Endpoint("counter"), "tools/call", """{"name":"history","arguments":{}}""", cancellationToken);
        var state = answer.Message!["result"]!["structuredContent"]!;
        var operations = state["operations"]!.AsArray().Select(o => o!.GetValue<string>()).ToList();
        Assert.Equal(state["count"]!.GetValue<long>(), operations.Count);
        return operations;
    }

    /// <summary>Whether the log level that was set before the first crash still holds: the tool logs at info.</summary>
    public async Task<bool> IsQuietAsync(Standalone smcp, CancellationToken cancellationToken)
    {
        var quiet = true;
        var call = _streamer.StreamAsync(
            smcp.Endpoint("everything"),
            "tools/call",
            """{"name":"test_tool_with_logging","arguments":{}}""",
            cancellationToken);
        await foreach (var seen in call)
        {
            quiet &= seen.Message?["method"]?.GetValue<string>() != "notifications/message";
        }

        return quiet;
    }

    public void Dispose()
    {
        _counter.Dispose();
        _streamer.Dispose();
    }

    private async Task CountAsync(Uri endpoint, int operationsMax, CancellationToken cancellationToken)
    {
        for (var done = 0; done < operationsMax; done++)
        {
            var operation = $"{name}-{_operations++}";
            effects.Begin(operation);
            var answer = await _counter.RequestAsync(
                endpoint,
                "tools/call",
                $$$"""{"name":"increment","arguments":{"operationId":"{{{operation}}}"}}""",
                cancellationToken);
            if (answer.Message!["result"] is JsonObject result && result["isError"]?.GetValue<bool>() != true)
            {
                effects.Acknowledge(operation);
                tick();
            }
        }
    }

    private async Task StreamAsync(Uri endpoint, CancellationToken cancellationToken)
    {
        while (true)
        {
            var stream = new StreamRecord();
            _streams.Add(stream);
            await ReadAsync(stream, _streamer.StreamAsync(
                endpoint,
                "tools/call",
                """{"name":"test_tool_with_progress","arguments":{},"_meta":{"progressToken":"p"}}""",
                cancellationToken));
        }
    }

    private async Task RecoverAsync(StreamRecord stream, Uri endpoint, CancellationToken cancellationToken)
    {
        if (!stream.IsComplete)
        {
            await ReadAsync(stream, _streamer.ResumeAsync(endpoint, stream.LastId!, cancellationToken));
        }

        var logged = new List<SseEvent>();
        await foreach (var seen in _streamer.ResumeAsync(endpoint, stream.FirstId!, cancellationToken))
        {
            if (seen.Data.Length > 0)
            {
                logged.Add(seen);
            }
        }

        foreach (var violation in stream.Violations(logged))
        {
            _broken.Enqueue($"{name}: {violation}");
        }

        if (!stream.IsComplete)
        {
            _broken.Enqueue($"{name}: the stream of {stream.FirstId} has no end");
        }
    }

    private async Task ReadAsync(StreamRecord stream, IAsyncEnumerable<SseEvent> events)
    {
        await foreach (var seen in events)
        {
            stream.Add(seen);
            tick();
        }
    }

    /// <summary>What was promised is there: a refusal breaks the promise.</summary>
    private async Task KeepsAsync(string promised, Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (RefusedException refused)
        {
            _broken.Enqueue($"{name}: {promised} was refused: {refused.Message}");
        }
    }

    /// <summary>The server's death shows as a broken connection, at any point of any exchange.</summary>
    private static async Task UntilDeathAsync(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            // This is what the test does to it.
        }
    }
}
