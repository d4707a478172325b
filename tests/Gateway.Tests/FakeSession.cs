using System.Text;
using Smcp.Engine;
using Smcp.Identity;
using Smcp.Mcp;
using Smcp.Protocol;
using Smcp.Sessions;

namespace Smcp;

/// <summary>A session with a log in memory, which answers as a test tells it and shows what reached it.</summary>
internal sealed class FakeSession(IStreamHub hub) : ISessionGrain
{
    private readonly Lock _gate = new();
    private readonly Dictionary<long, List<SessionEvent>> _streams = [];
    private readonly Dictionary<long, Smcp.Sessions.StreamReader> _readers = [];
    private readonly HashSet<long> _ended = [];
    private readonly HashSet<string> _closing = [];
    private readonly TaskCompletionSource _connectionClosed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource _read = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private string? _revision;
    private long _sequence;

    /// <summary>What a call returns; by default its own params as the result.</summary>
    public Func<McpCall, McpOutcome> OnCall { get; set; } = call =>
        McpOutcome.Answered(McpReply.Result(call.Params.IsEmpty ? "{}"u8.ToArray() : call.Params));

    public Func<IReadOnlyList<McpCall>, BatchOutcome> OnBatch { get; set; } = calls => new BatchOutcome
    {
        Answers = [.. calls.Select(call => McpReply.Result(call.Params.IsEmpty ? "{}"u8.ToArray() : call.Params))],
    };

    public McpFault? OpenFault { get; set; }

    public McpFault? ReadFault { get; set; }

    public List<McpCall> Notified { get; } = [];

    public List<(JsonRpcId Id, McpReply Answer)> Answered { get; } = [];

    public List<CallContext> Contexts { get; } = [];

    public int Described { get; private set; }

    public int Reads { get; private set; }

    /// <summary>Completes when a connection was given back.</summary>
    public Task ConnectionClosed => _connectionClosed.Task;

    /// <summary>Completes at the next read of a stream: arm it before the act.</summary>
    public Task NextReadAsync()
    {
        lock (_gate)
        {
            _read = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _read.Task;
        }
    }

    public long OpenStream()
    {
        lock (_gate)
        {
            var id = _streams.Count + 1L;
            _streams[id] = [];
            return id;
        }
    }

    public async Task AppendAsync(long stream, string message, bool last = false, bool ring = true)
    {
        lock (_gate)
        {
            _streams[stream].Add(new SessionEvent(++_sequence, Encoding.UTF8.GetBytes(message)));
            if (last)
            {
                _ended.Add(stream);
            }
        }

        if (ring)
        {
            await RingAsync(stream);
        }
    }

    /// <summary>Asks the reader of a stream to close, as a server does that wants to be polled.</summary>
    public async Task CloseAsync(long stream)
    {
        lock (_gate)
        {
            _closing.Add(_readers[stream].Connection);
        }

        await RingAsync(stream);
    }

    public async Task RingAsync(long stream)
    {
        Smcp.Sessions.StreamReader? reader;
        lock (_gate)
        {
            _readers.TryGetValue(stream, out reader);
        }

        if (reader is not null)
        {
            await hub.PublishAsync(Bell.StreamOf(reader.Gateway), new Bell(reader.Connection, stream, _sequence));
        }
    }

    public Task<McpOutcome> InitializeAsync(CallContext context, McpCall call, CancellationToken cancellationToken)
    {
        _revision = context.Revision;
        var result = $"{{\"protocolVersion\":\"{_revision}\",\"capabilities\":{{}}}}";
        return Task.FromResult(call.Params.Span.IndexOf("\"refuse\""u8) < 0
            ? McpOutcome.Answered(McpReply.Result(Encoding.UTF8.GetBytes(result)))
            : McpOutcome.Refused(FaultReason.LimitExceeded, "There are as many sessions as there may be."));
    }

    public ValueTask<SessionInfo> DescribeAsync(CallContext context, CancellationToken cancellationToken)
    {
        Described++;
        return new(_revision is null
            ? new SessionInfo { Fault = NotFound }
            : new SessionInfo { Revision = _revision });
    }

    public ValueTask<McpOutcome> CallAsync(CallContext context, McpCall call, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            Contexts.Add(context);
        }

        return new(_revision is null ? new McpOutcome { Fault = NotFound } : OnCall(call));
    }

    public ValueTask<BatchOutcome> CallBatchAsync(
        CallContext context, IReadOnlyList<McpCall> calls, CancellationToken cancellationToken) => new(OnBatch(calls));

    public ValueTask<McpFault?> NotifyAsync(
        CallContext context, McpCall notification, CancellationToken cancellationToken)
    {
        Notified.Add(notification);
        return new((McpFault?)null);
    }

    public ValueTask<McpFault?> AnswerAsync(
        CallContext context, JsonRpcId questionId, McpReply answer, CancellationToken cancellationToken)
    {
        Answered.Add((questionId, answer));
        return new((McpFault?)null);
    }

    public ValueTask<StreamOpening> OpenStreamAsync(
        CallContext context,
        Smcp.Sessions.StreamReader reader,
        string? lastEventId,
        CancellationToken cancellationToken)
    {
        if (OpenFault is not null)
        {
            return new(new StreamOpening { Fault = OpenFault });
        }

        if (lastEventId is null)
        {
            return new(new StreamOpening { StreamId = OpenStream() });
        }

        return new(EventId.TryParse(lastEventId, out var id) && _streams.ContainsKey(id.StreamId)
            ? new StreamOpening { StreamId = id.StreamId, AfterSequence = id.Sequence }
            : new StreamOpening { Fault = new McpFault(FaultReason.UnknownStream, "There is no such stream.") });
    }

    public ValueTask<StreamPage> ReadStreamAsync(
        CallContext context,
        Smcp.Sessions.StreamReader reader,
        long streamId,
        long afterSequence,
        CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            Reads++;
            _readers[streamId] = reader;
            _read.TrySetResult();
            var later = _streams[streamId].Where(item => item.Sequence > afterSequence).ToList();
            var page = later.Take(2).ToList();
            return new(new StreamPage
            {
                Events = page,
                More = later.Count > page.Count,
                Ended = later.Count == page.Count && _ended.Contains(streamId),
                Close = later.Count == page.Count && _closing.Contains(reader.Connection),
                Fault = ReadFault,
            });
        }
    }

    public ValueTask CloseConnectionAsync(
        CallContext context, Smcp.Sessions.StreamReader reader, CancellationToken cancellationToken)
    {
        _connectionClosed.TrySetResult();
        return ValueTask.CompletedTask;
    }

    public ValueTask<McpFault?> DeleteAsync(CallContext context, CancellationToken cancellationToken)
    {
        var fault = _revision is null ? NotFound : null;
        _revision = null;
        return new(fault);
    }

    public ValueTask<bool> DeliverAsync(
        CallId? call, IReadOnlyList<McpFrame> frames, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public ValueTask<TimeSpan?> ExpireAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask EndAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>The session is gone, though the gateway may remember it.</summary>
    public void Expire() => _revision = null;

    private static McpFault NotFound => new(FaultReason.SessionNotFound, "There is no such session.");
}
