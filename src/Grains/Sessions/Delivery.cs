using Smcp.Mcp;
using Smcp.Protocol;

namespace Smcp.Sessions;

/// <summary>Turns what a server sends into events of the log, and rings for them.</summary>
internal sealed class Delivery(
    SessionData data, PeerLink peer, Bells bells, EventRetention retention, Heartbeat heartbeat)
{
    // A third more as base64, and still below what one write to a store may hold.
    private const long AppendBytesMax = 8L << 20;

    private readonly WaitingNotices _waiting = new(data);

    /// <summary>
    /// Set while a GET takes over the events without a stream: until then no more of them are appended.
    /// </summary>
    public Task? Handover { get; set; }

    /// <summary>
    /// Gives a call its stream, and with it all calls of its batch. The rows are durable before anything of them is
    /// sent.
    /// </summary>
    public Task OpenStreamAsync(SessionCall call)
    {
        if (call.StreamCommitted is { } committed)
        {
            return committed;
        }

        var stream = data.Streams.Add(isListening: false, data.Log.Last);
        IReadOnlyList<SessionCall> calls = [call];
        if (call.Batch is { } batch)
        {
            // The batch is outstanding itself, until the answers that came at once are appended too.
            batch.Stream = stream;
            stream.Outstanding++;
            calls = batch.Calls;
        }

        foreach (var member in calls)
        {
            member.Stream = stream;
            stream.Outstanding += member.IsOver ? 0 : 1;
        }

        committed = data.CommitAsync();
        foreach (var member in calls)
        {
            member.StreamCommitted = committed;
        }

        data.Log.KeepsTail = true;
        heartbeat.Start();
        return committed;
    }

    /// <summary>
    /// Appends frames of a call, in order, but for those that came already. False when the call is over: its frames
    /// are wanted no more.
    /// </summary>
    public async ValueTask<bool> DeliverAsync(SessionCall call, IReadOnlyList<McpFrame> frames)
    {
        await OpenStreamAsync(call);
        var fresh = FreshOf(call, frames);
        if (fresh.Count == 0 && frames.Count > 0)
        {
            // Another delivery brought them, which may not be at its end yet.
            await data.Log.SettleAsync();
            return !call.IsOver && !data.IsBroken;
        }

        var batch = Translate(call, fresh);
        if (batch.Asks)
        {
            // A question's number is never used again, so it is committed before it is asked.
            await data.CommitAsync();
        }

        if (call.IsOver)
        {
            return false;
        }

        await AppendAsync(batch.Entries);
        if (batch.Ends)
        {
            await FinishAsync(call);
            return true;
        }

        if (batch.Closes)
        {
            CloseConnection(call.Stream!);
        }

        await bells.RingAsync(call.Stream!, data.Log.Last);
        await AnswerRefusedAsync(call, batch);
        return true;
    }

    /// <summary>Ends a call with an answer that is not the server's.</summary>
    public ValueTask<bool> AnswerAsync(SessionCall call, McpReply reply) => DeliverAsync(
        call, [new McpFrame { Kind = reply.IsError ? McpFrameKind.Error : McpFrameKind.Result, Body = reply.Body }]);

    /// <summary>The call gets nothing more: its stream is complete with its last call.</summary>
    public async ValueTask FinishAsync(SessionCall call)
    {
        if (call.IsOver)
        {
            return;
        }

        data.Finish(call);
        if (call.Stream is { } stream)
        {
            // The reader is told when it can see the end, and need not wait for the row to go.
            await bells.RingAsync(stream, data.Log.Last);
            await data.CommitAsync();
        }
    }

    /// <summary>Appends notifications of no call: to the stream that listens, or to none until one does.</summary>
    public async ValueTask NotifyAsync(IReadOnlyList<McpFrame> frames)
    {
        while (Handover is { } handover)
        {
            await handover;
        }

        if (data.Streams.Listening is not { } stream)
        {
            await KeepAsync(frames);
            return;
        }

        var entries = new List<LogEntry>(frames.Count);
        foreach (var frame in frames)
        {
            if (frame.Kind == McpFrameKind.Notification)
            {
                entries.Add(new LogEntry { StreamId = stream.Id, Message = SessionMessages.Notification(frame) });
            }
        }

        await AppendAsync(entries);
        await bells.RingAsync(stream, data.Log.Last);
    }

    /// <summary>When this returns, the events are durable. Nobody was told yet.</summary>
    public async ValueTask AppendAsync(IReadOnlyList<LogEntry> entries)
    {
        var from = 0;
        while (from < entries.Count)
        {
            var part = PartOf(entries, from);
            await data.Log.AppendAsync(part);
            from += part.Count;
        }

        if (from > 0)
        {
            await retention.TrimOverflowAsync();
        }
    }

    /// <summary>
    /// As many as one append may hold: the answers of a batch together can be more than the store takes.
    /// </summary>
    private static IReadOnlyList<LogEntry> PartOf(IReadOnlyList<LogEntry> entries, int from)
    {
        var bytes = 0L;
        for (var i = from; i < entries.Count; i++)
        {
            if (bytes > 0 && bytes + entries[i].Message.Length > AppendBytesMax)
            {
                return [.. entries.Skip(from).Take(i - from)];
            }

            bytes += entries[i].Message.Length;
        }

        return from == 0 ? entries : [.. entries.Skip(from)];
    }

    /// <summary>Appends notifications for whichever stream comes next, but for what waits already.</summary>
    private async ValueTask KeepAsync(IReadOnlyList<McpFrame> frames)
    {
        var kept = new List<(string? Method, LogEntry Entry)>(frames.Count);
        foreach (var frame in frames)
        {
            var message = SessionMessages.Notification(frame);
            if (frame.Kind == McpFrameKind.Notification && !_waiting.Holds(frame.Method, message)
                && !(McpMethods.IsChangeNotice(frame.Method) && kept.Exists(k => IsSame(k.Entry, message))))
            {
                kept.Add((frame.Method, new LogEntry { StreamId = 0, Message = message }));
            }
        }

        var before = data.Log.Last;
        await AppendAsync(kept.ConvertAll(k => k.Entry));
        kept.ForEach(k => _waiting.Add(k.Method, k.Entry.Message, before));
    }

    private static bool IsSame(LogEntry entry, ReadOnlyMemory<byte> message) =>
        entry.Message.Span.SequenceEqual(message.Span);

    private static IReadOnlyList<McpFrame> FreshOf(SessionCall call, IReadOnlyList<McpFrame> frames)
    {
        if (frames is [] or [{ Number: 0 }, ..])
        {
            return frames;
        }

        var taken = call.LastFrame;
        call.LastFrame = Math.Max(taken, frames[^1].Number);
        return frames[0].Number > taken ? frames : [.. frames.Where(frame => frame.Number > taken)];
    }

    private FrameBatch Translate(SessionCall call, IReadOnlyList<McpFrame> frames)
    {
        var batch = new FrameBatch(frames.Count);
        foreach (var frame in frames)
        {
            switch (frame.Kind)
            {
                case McpFrameKind.Notification:
                    batch.Entries.Add(EntryOf(call, frame, SessionMessages.Notification(frame)));
                    break;
                case McpFrameKind.Question:
                    Ask(call, frame, batch);
                    break;
                case McpFrameKind.CloseConnection:
                    batch.Closes = data.Revision.PrimesStreams;
                    break;
                default:
                    var reply = new McpReply { Body = frame.Body, IsError = frame.Kind == McpFrameKind.Error };
                    batch.Entries.Add(
                        EntryOf(call, frame, SessionMessages.Answer(call.ClientId, reply)) with { Answers = call.Id });
                    batch.Ends = true;
                    return batch;
            }
        }

        return batch;
    }

    private void Ask(SessionCall call, McpFrame frame, FrameBatch batch)
    {
        if (data.Questions.IsFull)
        {
            var refusal = JsonRpcWriter.Error(McpErrorCodes.InternalError, "The client is asked too much at once.");
            (batch.Refused ??= []).Add(new SessionQuestion(new QuestionRow
            {
                Number = 0,
                Call = call.Id,
                QuestionId = frame.QuestionId!,
                Answer = McpReply.Error(refusal),
            }));
            return;
        }

        // A repeated delivery finds the question asked already, maybe answered.
        var question = data.Questions.FindOrAdd(call.Id, frame.QuestionId!);
        if (!question.IsAsked)
        {
            question.IsAsked = true;
            batch.Asks = true;
            batch.Entries.Add(
                EntryOf(call, frame, SessionMessages.Request(question.ClientId, frame)) with
                {
                    Asks = question.Number,
                });
        }
    }

    private async ValueTask AnswerRefusedAsync(SessionCall call, FrameBatch batch)
    {
        if (batch.Refused is { } refused)
        {
            foreach (var question in refused)
            {
                await peer.AnswerAsync(data.OwnContext(call.Id.ToString()), question);
            }
        }
    }

    private static void CloseConnection(SessionStream stream)
    {
        if (stream.Lease is { } lease)
        {
            lease.MustClose = true;
        }
        else
        {
            stream.MustClose = true;
        }
    }

    private static LogEntry EntryOf(SessionCall call, McpFrame frame, ReadOnlyMemory<byte> message) => new()
    {
        StreamId = call.Stream!.Id,
        Call = frame.Number > 0 ? call.Id : null,
        Frame = frame.Number,
        Message = message,
    };
}
