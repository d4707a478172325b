using System.Diagnostics.CodeAnalysis;
using Smcp.Mcp;

namespace Smcp.Sessions;

/// <summary>The streams of a session: which exist, which may be read, and which is listening.</summary>
internal sealed class StreamTable(TimeProvider time, SessionOptions options)
{
    private readonly Dictionary<long, SessionStream> _streams = [];
    private SessionStream? _listening;
    private TaskCompletionSource? _read;

    /// <summary>Ids up to this were given out.</summary>
    public long LastId { get; private set; }

    public IEnumerable<SessionStream> All => _streams.Values;

    /// <summary>
    /// The GET stream that messages of no call go to: the one opened last, while its connection is there.
    /// </summary>
    public SessionStream? Listening =>
        _listening is { Lease: { } lease } && lease.ExpiresAt >= time.GetTimestamp() ? _listening : null;

    /// <summary>Whether any connection reads.</summary>
    public bool HasReaders
    {
        get
        {
            foreach (var stream in _streams.Values)
            {
                if (stream.Lease is not null)
                {
                    return true;
                }
            }

            return false;
        }
    }

    /// <summary>Whether a connection is still to be told the last of a stream.</summary>
    private bool IsBeingRead => _streams.Values.Any(stream => stream is { EndedAt: not null, Lease: not null });

    public void Load(SessionState state)
    {
        LastId = state.LastStreamId;
        foreach (var row in state.Streams)
        {
            _streams.Add(row.Id, new SessionStream(row));
        }
    }

    public IReadOnlyList<StreamRow> Rows() => [.. _streams.Values.Select(stream => stream.ToRow())];

    /// <summary>A new stream. It exists for its client once it is committed.</summary>
    public SessionStream Add(bool isListening, long after)
    {
        var stream = new SessionStream(new StreamRow { Id = ++LastId, IsListening = isListening, After = after });
        _streams.Add(stream.Id, stream);
        return stream;
    }

    public bool TryFind(long id, [NotNullWhen(true)] out SessionStream? stream) => _streams.TryGetValue(id, out stream);

    /// <summary>Why a stream that is not here cannot be read: it was, and is no longer held, or never was.</summary>
    public McpFault Missing(long id) => id > 0 && id <= LastId
        ? new McpFault(FaultReason.EventsTrimmed, "The events of this stream are no longer held.")
        : new McpFault(FaultReason.UnknownStream, "There is no such stream in this session.");

    /// <summary>Puts a connection on a stream. It reads from now on; what was there before does not.</summary>
    public void Connect(SessionStream stream, StreamReader reader)
    {
        stream.Lease = new StreamLease(reader) { MustClose = stream.MustClose };
        stream.MustClose = false;
        Renew(stream.Lease);
        if (stream.IsListening)
        {
            _listening = stream;
        }
    }

    public void Renew(StreamLease lease) =>
        lease.ExpiresAt = time.GetTimestamp() + (long)(options.LeaseDuration.TotalSeconds * time.TimestampFrequency);

    /// <summary>Takes a connection off whatever it reads.</summary>
    public void Disconnect(StreamReader reader)
    {
        foreach (var stream in _streams.Values)
        {
            if (stream.Lease?.Reader == reader)
            {
                stream.Lease = null;
            }
        }

        if (_read is { } read && !IsBeingRead)
        {
            _read = null;
            read.SetResult();
        }
    }

    /// <summary>Completes when nobody reads a stream any more that has all its answers.</summary>
    public Task WhenReadAsync()
    {
        if (!IsBeingRead)
        {
            return Task.CompletedTask;
        }

        _read ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        return _read.Task;
    }

    /// <summary>Takes off the connections that did not read for a lease's time.</summary>
    public void DropLapsedLeases()
    {
        var now = time.GetTimestamp();
        foreach (var stream in _streams.Values)
        {
            if (stream.Lease is { } lease && lease.ExpiresAt < now)
            {
                stream.Lease = null;
            }
        }
    }

    /// <summary>Whether there is, or can be made, room for one more GET stream.</summary>
    public bool MakeRoomForListening()
    {
        var listening = _streams.Values.Where(stream => stream.IsListening).ToList();
        if (listening.Count < options.ListeningStreamsMax)
        {
            return true;
        }

        var oldest = listening.Where(stream => stream.Lease is null).MinBy(stream => stream.Id);
        return oldest is not null && _streams.Remove(oldest.Id);
    }

    /// <summary>
    /// Drops completed streams that are out of their time, and the oldest beyond their number. Says whether any went.
    /// </summary>
    public bool DropCompleted()
    {
        var cutoff = time.GetUtcNow() - options.StreamRetention;
        var completed = _streams.Values
            .Where(stream => stream.EndedAt is not null && stream.Lease is null)
            .OrderBy(stream => stream.EndedAt)
            .ToList();
        var dropped = completed
            .Where((stream, index) => stream.EndedAt <= cutoff || completed.Count - index > options.CompletedStreamsMax)
            .ToList();
        foreach (var stream in dropped)
        {
            _streams.Remove(stream.Id);
        }

        return dropped.Count > 0;
    }

    /// <summary>The number up to which no stream here has an event; events without a stream not counted.</summary>
    public long Floor(long last)
    {
        var floor = last;
        foreach (var stream in _streams.Values)
        {
            floor = Math.Min(floor, stream.Floor);
        }

        return floor;
    }

    /// <summary>Marks what trimming takes from each stream, so that none is read across a gap.</summary>
    public void MarkTrimmed(IReadOnlyList<LoggedEvent> events)
    {
        foreach (var logged in events)
        {
            foreach (var stream in _streams.Values)
            {
                if (stream.Owns(logged))
                {
                    stream.TrimmedThrough = Math.Max(stream.TrimmedThrough, logged.Sequence);
                }
            }
        }
    }
}
