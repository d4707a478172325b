using Smcp.Mcp;

namespace Smcp.Sessions;

/// <summary>The connections that read streams: how one is opened or resumed, read, and given up.</summary>
internal sealed class Connections(SessionData data, Delivery delivery, Bells bells, Heartbeat heartbeat)
{
    /// <summary>
    /// Puts a GET on a new stream, or on the one that its last event id names. It takes over from whoever read that
    /// before.
    /// </summary>
    public async ValueTask<StreamOpening> OpenAsync(StreamReader reader, string? lastEventId)
    {
        while (delivery.Handover is { } other)
        {
            await other;
        }

        var handover = new TaskCompletionSource();
        delivery.Handover = handover.Task;
        try
        {
            // What was appended so far is durable or failed, and what comes now waits: it is known what no stream has.
            await data.Log.SettleAsync();
            return lastEventId is null ? await OpenNewAsync(reader) : await ResumeAsync(reader, lastEventId);
        }
        finally
        {
            delivery.Handover = null;
            handover.SetResult();
        }
    }

    /// <summary>Reads a stream after a position, for the connection that it belongs to.</summary>
    public async ValueTask<StreamPage> ReadAsync(StreamReader reader, long streamId, long afterSequence)
    {
        if (!data.Streams.TryFind(streamId, out var stream))
        {
            return new StreamPage { Fault = data.Streams.Missing(streamId) };
        }

        if (!MayRead(stream, reader))
        {
            return new StreamPage { Close = true };
        }

        Connect(stream, reader);

        // Asked before the read: what ends or closes meanwhile is told by the next one, with the events before it.
        var isComplete = stream.EndedAt is not null;
        var mustClose = stream.Lease is { MustClose: true };
        var page = await data.Log.ReadAsync(stream, Math.Max(afterSequence, stream.Floor));
        if (!MayRead(stream, reader))
        {
            return new StreamPage { Close = true };
        }

        if (afterSequence < stream.TrimmedThrough)
        {
            return new StreamPage { Fault = Trimmed() };
        }

        if ((isComplete || mustClose) && !page.IsFull)
        {
            // The connection knows that it is done, and does not say goodbye.
            data.Streams.Disconnect(reader);
        }

        return new StreamPage
        {
            Events = page.Events,
            More = page.IsFull,
            Ended = isComplete && !page.IsFull,
            Close = mustClose && !page.IsFull,
        };
    }

    /// <summary>The connection is gone. Its stream is not: it can be resumed.</summary>
    public void Close(StreamReader reader) => data.Streams.Disconnect(reader);

    /// <summary>
    /// Before the session ends: who waits for an answer that is there has it first, unless it takes too long.
    /// </summary>
    public async Task SayLastAsync()
    {
        try
        {
            await data.Streams.WhenReadAsync().WaitAsync(data.Options.LastWordPatience, data.Time);
        }
        catch (TimeoutException)
        {
            // It ends without anybody reading it.
        }
    }

    /// <summary>Tells every connection to look up.</summary>
    public async ValueTask RingAllAsync()
    {
        foreach (var stream in data.Streams.All.Where(stream => stream.Lease is not null).ToList())
        {
            await bells.RingAsync(stream, data.Log.Last);
        }
    }

    private async ValueTask<StreamOpening> OpenNewAsync(StreamReader reader)
    {
        if (!data.Streams.MakeRoomForListening())
        {
            return new StreamOpening
            {
                Fault = new McpFault(FaultReason.LimitExceeded, "The session has too many open streams."),
            };
        }

        var stream = data.Streams.Add(isListening: true, data.Log.Last);
        return await TakeAsync(stream, reader, AssignWaiting(stream));
    }

    private async ValueTask<StreamOpening> ResumeAsync(StreamReader reader, string lastEventId)
    {
        if (!EventId.TryParse(lastEventId, out var last) || last.Sequence > data.Log.Last)
        {
            return new StreamOpening { Fault = data.Streams.Missing(0) };
        }

        if (!data.Streams.TryFind(last.StreamId, out var stream))
        {
            return new StreamOpening { Fault = data.Streams.Missing(last.StreamId) };
        }

        if (last.Sequence < stream.TrimmedThrough)
        {
            return new StreamOpening { Fault = Trimmed() };
        }

        if (stream.IsListening)
        {
            AssignWaiting(stream);
        }

        return await TakeAsync(stream, reader, last.Sequence);
    }

    /// <summary>
    /// Gives the stream all events that no stream has yet, and returns the number before the first of them.
    /// </summary>
    private long AssignWaiting(SessionStream stream)
    {
        if (!data.HasUnsettledEvents)
        {
            return data.Log.Last;
        }

        var waiting = new SequenceRange(data.State.SettledThrough, data.Log.Last);
        stream.Assign(waiting);
        data.State = data.State with { SettledThrough = waiting.Through };
        return Math.Max(waiting.After, data.Log.First - 1);
    }

    /// <summary>The older connection ends first; then the newer one has the stream, durably.</summary>
    private async ValueTask<StreamOpening> TakeAsync(SessionStream stream, StreamReader reader, long afterSequence)
    {
        var older = stream.Lease?.Reader;
        stream.Holder = reader;
        stream.Lease = null;
        stream.MustClose = false;
        await data.CommitAsync();
        Connect(stream, reader);
        if (older is not null && older != reader)
        {
            await bells.RingAsync(older, stream.Id, data.Log.Last);
        }

        return new StreamOpening { StreamId = stream.Id, AfterSequence = afterSequence };
    }

    private void Connect(SessionStream stream, StreamReader reader)
    {
        if (stream.Lease is { } lease && lease.Reader == reader)
        {
            data.Streams.Renew(lease);
        }
        else
        {
            data.Streams.Connect(stream, reader);
        }

        data.Log.KeepsTail = true;
        heartbeat.Start();
    }

    /// <summary>
    /// A stream that a GET took is that connection's alone; before, it is its first reader's as long as that is
    /// there.
    /// </summary>
    private static bool MayRead(SessionStream stream, StreamReader reader) =>
        stream.Holder is { } holder ? holder == reader : stream.Lease is null || stream.Lease.Reader == reader;

    private static McpFault Trimmed() =>
        new(FaultReason.EventsTrimmed, "Events after this position are no longer held: the stream cannot be resumed.");
}
