using Smcp.Mcp;

namespace Smcp.Sessions;

/// <summary>
/// A client, a server and a clock that do things at random, and what must hold of it: for every stream of which the
/// client holds an id, over all its connections each resumed with its last id, it sees every later event once, in
/// order; an event that was acknowledged is seen, one that was not at most once; an event of no call is on one stream
/// only.
/// </summary>
internal sealed class SseModel(SessionHost host, int seed)
{
    private readonly Random _random = new(seed);
    private readonly List<ModelCall> _calls = [];
    private readonly List<ModelStream> _streams = [];
    private readonly HashSet<int> _acknowledged = [];
    private readonly Dictionary<int, CallId?> _emitted = [];
    private bool _isOpeningGet;
    private int _nextNumber;
    private int _nextRequest;
    private int _nextConnection;

    public async Task RunAsync(int steps)
    {
        for (var step = 0; step < steps; step++)
        {
            if (_random.Next(12) == 0)
            {
                host.Process.DiesAt = host.Process.Operations + _random.Next(1, 4);
                host.Process.DiesAfter = _random.Next(2) == 0;
            }

            await SurvivingAsync(StepAsync());
        }

        await host.CrashAsync();
        foreach (var stream in _streams)
        {
            await ConnectAsync(stream);
            await DrainAsync(stream);
        }

        var last = new ModelStream(0) { IsListening = true };
        await ConnectAsync(last);
        await DrainAsync(last);
        _streams.Add(last);
        Check();
    }

    private Task StepAsync() => _random.Next(9) switch
    {
        0 => BeginCallAsync(),
        1 or 2 => EmitAsync(),
        3 => FinishAsync(),
        4 => EmitWithoutCallAsync(),
        5 => OpenGetAsync(),
        6 => ReconnectAsync(),
        7 => DisconnectAsync(),
        _ => ReadAsync(),
    };

    /// <summary>A step ends, or the process does, and then another goes on from storage.</summary>
    private async Task SurvivingAsync(Task step)
    {
        await Task.WhenAny(step, host.Process.Died);
        if (host.Process.Died.IsCompleted)
        {
            await host.CrashAsync();
            _streams.ForEach(stream => stream.Connection = null);
            if (_isOpeningGet)
            {
                // The stream may exist, and hold what waited for it; its client never learned of it.
                _acknowledged.RemoveWhere(number => _emitted[number] is null);
                _isOpeningGet = false;
            }
        }
        else
        {
            await step;
        }
    }

    private async Task BeginCallAsync()
    {
        if (_calls.Count < 5)
        {
            var ticket = await host.StreamAsync(++_nextRequest);
            _calls.Add(new ModelCall(ticket.Call, ticket.StreamId));
            _streams.Add(new ModelStream(ticket.StreamId) { Connection = NextConnection() });
        }
    }

    private async Task EmitAsync()
    {
        if (_calls.Count == 0)
        {
            return;
        }

        var call = _calls[_random.Next(_calls.Count)];
        await EmitAsync(call.Id, _random.Next(1, 4));
    }

    private async Task FinishAsync()
    {
        if (_calls.Count == 0)
        {
            return;
        }

        var call = _calls[_random.Next(_calls.Count)];
        _calls.Remove(call);
        await host.DeliverAsync(call.Id, SessionHost.Result());
    }

    private Task EmitWithoutCallAsync() => EmitAsync(null, _random.Next(1, 3));

    private async Task EmitAsync(CallId? call, int count)
    {
        var numbers = Enumerable.Range(_nextNumber + 1, count).ToList();
        _nextNumber += count;
        numbers.ForEach(number => _emitted.Add(number, call));
        if (await host.DeliverAsync(call, [.. numbers.Select(number => SessionHost.Notification(number))]))
        {
            _acknowledged.UnionWith(numbers);
        }
    }

    private async Task OpenGetAsync()
    {
        if (_streams.Count(stream => stream.IsListening) < 6)
        {
            var stream = new ModelStream(0) { IsListening = true };
            _isOpeningGet = true;
            await ConnectAsync(stream);
            _isOpeningGet = false;
            _streams.Add(stream);
        }
    }

    private Task ReconnectAsync() => _streams.Count == 0 ? Task.CompletedTask : ConnectAsync(Any());

    private async Task DisconnectAsync()
    {
        if (_streams.Count > 0 && Any() is { Connection: { } connection } stream)
        {
            stream.Connection = null;
            if (_random.Next(2) == 0)
            {
                await host.CloseAsync(connection);
            }
            else
            {
                host.Clock.Advance(TimeSpan.FromSeconds(50));
            }
        }
    }

    private async Task ReadAsync()
    {
        if (_streams.Count > 0 && Any() is { Connection: not null } stream)
        {
            await ReadPageAsync(stream);
        }
    }

    private async Task ConnectAsync(ModelStream stream)
    {
        var connection = NextConnection();
        var opening = await host.GetAsync(connection, stream.Id == 0 ? null : $"{stream.Id}-{stream.LastSequence}");
        Assert.True(opening.Fault is null, $"seed {seed}: {opening.Fault}");
        stream.Id = opening.StreamId;
        stream.LastSequence = opening.AfterSequence;
        stream.Connection = connection;
    }

    private async Task DrainAsync(ModelStream stream)
    {
        while (await ReadPageAsync(stream))
        {
        }
    }

    private async Task<bool> ReadPageAsync(ModelStream stream)
    {
        var page = await host.ReadAsync(stream.Connection!, stream.Id, stream.LastSequence);
        Assert.True(page.Fault is null, $"seed {seed}: {page.Fault}");
        foreach (var item in page.Events)
        {
            Assert.True(item.Sequence > stream.LastSequence, $"seed {seed}: {item.Sequence} is not new");
            stream.LastSequence = item.Sequence;
            if (Json.Parse(item.Message).TryGetProperty("params", out var parameters))
            {
                stream.Seen.Add(parameters.GetProperty("n").GetInt32());
            }
        }

        if (page.Close)
        {
            stream.Connection = null;
        }

        return page.More;
    }

    private void Check()
    {
        var seen = _streams.SelectMany(stream => stream.Seen).ToList();
        Assert.True(seen.Count == seen.Distinct().Count(), $"seed {seed}: an event was seen twice");
        var lost = _acknowledged.Except(seen).ToList();
        Assert.True(lost.Count == 0, $"seed {seed}: never seen: {string.Join(", ", lost)}");
        foreach (var stream in _streams)
        {
            Assert.True(
                stream.Seen.SequenceEqual(stream.Seen.Order()), $"seed {seed}: {string.Join(", ", stream.Seen)}");
        }

        foreach (var call in _emitted.Values.OfType<CallId>().Distinct())
        {
            var streams = _streams.Count(stream => stream.Seen.Any(number => _emitted[number] == call));
            Assert.True(streams <= 1, $"seed {seed}: the events of one call are on {streams} streams");
        }
    }

    private ModelStream Any() => _streams[_random.Next(_streams.Count)];

    private string NextConnection() => $"c{++_nextConnection}";

    private sealed record ModelCall(CallId Id, long StreamId);

    private sealed class ModelStream(long id)
    {
        public long Id { get; set; } = id;

        public bool IsListening { get; init; }

        public string? Connection { get; set; }

        public long LastSequence { get; set; }

        public List<int> Seen { get; } = [];
    }
}
