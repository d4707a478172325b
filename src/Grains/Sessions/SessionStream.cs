namespace Smcp.Sessions;

/// <summary>A stream of the session in memory: its row, and the connection that reads it.</summary>
internal sealed class SessionStream(StreamRow row)
{
    private List<SequenceRange>? _assigned = row.Assigned.Count == 0 ? null : [.. row.Assigned];

    public long Id { get; } = row.Id;

    /// <inheritdoc cref="StreamRow.IsListening"/>
    public bool IsListening { get; } = row.IsListening;

    /// <inheritdoc cref="StreamRow.After"/>
    public long After { get; } = row.After;

    /// <inheritdoc cref="StreamRow.TrimmedThrough"/>
    public long TrimmedThrough { get; set; } = row.TrimmedThrough;

    /// <inheritdoc cref="StreamRow.EndedAt"/>
    public DateTimeOffset? EndedAt { get; set; } = row.EndedAt;

    /// <inheritdoc cref="StreamRow.Holder"/>
    public StreamReader? Holder { get; set; } = row.Holder;

    /// <summary>Who reads it now.</summary>
    public StreamLease? Lease { get; set; }

    /// <summary>What still has to come before it is complete: its calls without an answer.</summary>
    public int Outstanding { get; set; }

    /// <summary>The server wants the next connection that reads it closed.</summary>
    public bool MustClose { get; set; }

    /// <summary>Nothing of it stands at or before this number.</summary>
    public long Floor => _assigned is { } ranges ? Math.Min(After, ranges[0].After) : After;

    public bool Owns(LoggedEvent logged) =>
        logged.Entry.StreamId == Id
        || (logged.Entry.StreamId == 0 && _assigned is not null && IsAssigned(logged.Sequence));

    /// <summary>Gives it the events without a stream in a range.</summary>
    public void Assign(SequenceRange range)
    {
        _assigned ??= [];
        if (_assigned.Count > 0 && _assigned[^1].Through == range.After)
        {
            _assigned[^1] = _assigned[^1] with { Through = range.Through };
        }
        else
        {
            _assigned.Add(range);
        }
    }

    /// <summary>Forgets ranges that the log no longer reaches back to.</summary>
    public void ForgetBefore(long first)
    {
        _assigned?.RemoveAll(range => range.Through < first);
        if (_assigned is { Count: 0 })
        {
            _assigned = null;
        }
    }

    public StreamRow ToRow() => new()
    {
        Id = Id,
        IsListening = IsListening,
        After = After,
        Assigned = _assigned?.ToArray() ?? [],
        TrimmedThrough = TrimmedThrough,
        EndedAt = EndedAt,
        Holder = Holder,
    };

    private bool IsAssigned(long sequence)
    {
        foreach (var range in _assigned!)
        {
            if (range.Contains(sequence))
            {
                return true;
            }
        }

        return false;
    }
}
