using Smcp.Storage;

namespace Smcp.Sessions;

/// <summary>
/// The session's log: one sequence for all its streams. What was appended is durable, and is read from memory while
/// it is new and from storage later. For one activation's scheduler only.
/// </summary>
internal sealed class EventLog
{
    private const int RecordsPerRead = 256;

    private readonly ILogStorage _storage;
    private readonly string _name;
    private readonly SessionOptions _options;
    private readonly Action<Exception> _onFailure;
    private readonly GroupCommit _commit;
    private readonly Queue<LoggedEvent> _tail = new();
    private List<LogEntry> _pending = [];
    private long _tailBytes;
    private long _bytesAppended;
    private long _bytesTrimmed;
    private long _firstStored = 1;
    private bool _keepsTail;
    private bool _closed;

    /// <summary>
    /// <paramref name="onFailure"/> learns of a write that failed; who asked for it gets the exception.
    /// </summary>
    public EventLog(ILogStorage storage, string name, SessionOptions options, Action<Exception> onFailure)
    {
        _onFailure = onFailure;
        _storage = storage;
        _name = name;
        _options = options;
        _commit = new GroupCommit(WritePendingAsync);
    }

    /// <summary>The number of the first event still held.</summary>
    public long First { get; private set; } = 1;

    /// <summary>The number of the last event that is durable.</summary>
    public long Last { get; private set; }

    /// <summary>The last event appended without a stream; 0 for none.</summary>
    public long LastWithoutStream { get; private set; }

    /// <summary>Whether it holds more than it may.</summary>
    public bool IsOverfull =>
        Last - First + 1 > _options.EventsMax || _bytesAppended - _bytesTrimmed > _options.EventBytesMax;

    /// <summary>Whether the newest events stay in memory: while somebody is there to read them.</summary>
    public bool KeepsTail
    {
        set
        {
            _keepsTail = value;
            if (!value)
            {
                _tail.Clear();
                _tailBytes = 0;
            }
        }
    }

    /// <summary>Where the log stands, from storage alone.</summary>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        var extent = await _storage.ExtentAsync(_name, cancellationToken);
        Last = extent.Last;
        First = _firstStored = Math.Max(1, extent.First);
        if (First > Last)
        {
            return;
        }

        var first = (await _storage.ReadAsync(_name, First - 1, 1, cancellationToken))[0];
        var last = First == Last ? first : (await _storage.ReadAsync(_name, Last - 1, 1, cancellationToken))[0];
        var newest = LogEntry.Read(last.Payload);
        _bytesTrimmed = LogEntry.Read(first.Payload).BytesBefore;
        _bytesAppended = newest.BytesBefore + newest.Message.Length;
    }

    /// <summary>Appends events, in order. When this returns they are durable, and readers find them.</summary>
    public Task AppendAsync(IReadOnlyList<LogEntry> entries)
    {
        if (_closed)
        {
            throw new InvalidOperationException("The session ended: its log takes no more events.");
        }

        _pending.AddRange(entries);
        return _commit.CommitAsync();
    }

    /// <summary>Completes when every event appended so far is durable, or failed.</summary>
    public Task SettleAsync() => _commit.SettleAsync();

    /// <summary>Walks the log from after a number to its end, page by page.</summary>
    public async IAsyncEnumerable<LoggedEvent> WalkAsync(long after)
    {
        var position = Math.Max(after, First - 1);
        while (position < Last)
        {
            var records = await _storage.ReadAsync(_name, position, RecordsPerRead, CancellationToken.None);
            if (records.Count == 0)
            {
                yield break;
            }

            foreach (var record in records)
            {
                if (record.Sequence > Last)
                {
                    yield break;
                }

                position = record.Sequence;
                yield return new LoggedEvent(position, LogEntry.Read(record.Payload));
            }
        }
    }

    /// <summary>
    /// Reads a stream's events after a number: from storage what memory no longer holds, then from memory.
    /// </summary>
    public async ValueTask<EventPage> ReadAsync(SessionStream stream, long after)
    {
        var page = new EventPage(_options.PageEventsMax, _options.PageBytesMax);
        var position = Math.Max(after, First - 1);
        while (position + 1 < TailStart && !page.IsFull)
        {
            var reached = await ReadStoredAsync(stream, position, page);
            if (reached == position)
            {
                break;
            }

            position = reached;
        }

        foreach (var logged in _tail)
        {
            if (page.IsFull)
            {
                break;
            }

            if (logged.Sequence > position && stream.Owns(logged))
            {
                page.Add(logged);
            }
        }

        return page;
    }

    /// <summary>
    /// The oldest events, as many as must go so that a quarter of the room is free. Nothing is removed yet.
    /// </summary>
    public async Task<List<LoggedEvent>> OldestAsync()
    {
        var eventsKept = _options.EventsMax / 4 * 3L;
        var bytesKept = _options.EventBytesMax / 4 * 3;
        var oldest = new List<LoggedEvent>();
        await foreach (var logged in WalkAsync(First - 1))
        {
            var fits = Last - logged.Sequence < eventsKept && _bytesAppended - logged.Entry.BytesBefore <= bytesKept;
            if (fits || logged.Sequence == Last)
            {
                break;
            }

            oldest.Add(logged with { Entry = logged.Entry with { Message = default } });
        }

        return oldest;
    }

    /// <summary>
    /// Events up to and including a number are given to nobody any more: they are about to be removed.
    /// </summary>
    public void Forget(long through) => First = Math.Max(First, through + 1);

    /// <summary>Removes events up to and including a number.</summary>
    public async Task TrimAsync(long through)
    {
        if (through < _firstStored)
        {
            return;
        }

        Forget(through);
        await _storage.TrimAsync(_name, through, CancellationToken.None);
        _firstStored = through + 1;
        _bytesTrimmed = _bytesAppended;
        await foreach (var logged in WalkAsync(through))
        {
            _bytesTrimmed = logged.Entry.BytesBefore;
            break;
        }
    }

    /// <summary>Takes no more events, and removes the log.</summary>
    public async Task DeleteAsync()
    {
        _closed = true;
        await _commit.SettleAsync();
        await _storage.DeleteAsync(_name, CancellationToken.None);
        KeepsTail = false;
    }

    /// <summary>The number that the in-memory part begins with.</summary>
    private long TailStart => _tail.TryPeek(out var oldest) ? oldest.Sequence : Last + 1;

    private async Task<long> ReadStoredAsync(SessionStream stream, long position, EventPage page)
    {
        var records = await _storage.ReadAsync(_name, position, RecordsPerRead, CancellationToken.None);
        foreach (var record in records)
        {
            // What is in storage but not yet acknowledged is nobody's to see.
            if (page.IsFull || record.Sequence > Last)
            {
                break;
            }

            var logged = new LoggedEvent(record.Sequence, LogEntry.Read(record.Payload));
            if (stream.Owns(logged))
            {
                page.Add(logged);
            }

            position = record.Sequence;
        }

        return position;
    }

    private async Task WritePendingAsync()
    {
        var entries = _pending;
        _pending = [];
        if (entries.Count == 0)
        {
            return;
        }

        var records = new ReadOnlyMemory<byte>[entries.Count];
        var bytes = _bytesAppended;
        for (var i = 0; i < records.Length; i++)
        {
            entries[i] = entries[i] with { BytesBefore = bytes };
            bytes += entries[i].Message.Length;
            records[i] = entries[i].Write();
        }

        try
        {
            await _storage.AppendAsync(_name, Last + 1, records, CancellationToken.None);
        }
        catch (Exception exception)
        {
            _onFailure(exception);
            throw;
        }

        _bytesAppended = bytes;
        foreach (var entry in entries)
        {
            Last++;
            Keep(new LoggedEvent(Last, entry));
        }
    }

    /// <summary>Recovery found an event that no stream has yet.</summary>
    public void NoteWithoutStream(long sequence) => LastWithoutStream = sequence;

    private void Keep(LoggedEvent logged)
    {
        if (logged.Entry.StreamId == 0)
        {
            NoteWithoutStream(logged.Sequence);
        }

        if (!_keepsTail)
        {
            return;
        }

        _tail.Enqueue(logged);
        _tailBytes += logged.Entry.Message.Length;
        while (_tail.Count > _options.TailEventsMax || (_tailBytes > _options.TailBytesMax && _tail.Count > 0))
        {
            _tailBytes -= _tail.Dequeue().Entry.Message.Length;
        }
    }
}
