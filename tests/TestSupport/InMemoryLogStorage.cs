using Smcp.Storage;

namespace Smcp.TestSupport;

/// <summary>Logs in memory. Share one between engines to see what a restart finds.</summary>
public sealed class InMemoryLogStorage : ILogStorage
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Held> _logs = [];

    /// <summary>Awaited before each append takes place: a test holds or fails it here.</summary>
    public Func<string, ValueTask>? BeforeAppend { get; set; }

    /// <summary>Called before the extent of a log is told: a test fails it here.</summary>
    public Action<string>? BeforeExtent { get; set; }

    /// <summary>The logs there are.</summary>
    public IReadOnlyList<string> Names
    {
        get
        {
            lock (_gate)
            {
                return [.. _logs.Keys];
            }
        }
    }

    /// <summary>The records that a log holds.</summary>
    public IReadOnlyList<LogRecord> RecordsOf(string log)
    {
        lock (_gate)
        {
            return [.. _logs.GetValueOrDefault(log)?.Records ?? []];
        }
    }

    /// <summary>What somebody does who has the disk: puts another log there; its last record is the last.</summary>
    public void Put(string log, IReadOnlyList<LogRecord>? records)
    {
        lock (_gate)
        {
            if (records is null)
            {
                _logs.Remove(log);
                return;
            }

            _logs[log] = new Held([.. records], records.Count == 0 ? 0 : records[^1].Sequence);
        }
    }

    /// <summary>Puts records in the place of others, if those are as expected.</summary>
    public bool Replace(string log, IReadOnlyList<RecordReplacement> records)
    {
        lock (_gate)
        {
            var held = _logs.GetValueOrDefault(log)?.Records ?? [];
            if (!records.All(item => held.Exists(record =>
                record.Sequence == item.Sequence && record.Payload.Span.SequenceEqual(item.Expected.Span))))
            {
                return false;
            }

            foreach (var item in records)
            {
                held[held.FindIndex(record => record.Sequence == item.Sequence)] =
                    new LogRecord(item.Sequence, item.Payload.ToArray());
            }

            return true;
        }
    }

    public async ValueTask AppendAsync(
        string log,
        long firstSequence,
        IReadOnlyList<ReadOnlyMemory<byte>> records,
        CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (BeforeAppend is { } beforeAppend)
        {
            await beforeAppend(log);
        }

        if (records.Count == 0)
        {
            return;
        }

        lock (_gate)
        {
            var held = _logs.GetValueOrDefault(log, new Held([], 0));
            if (firstSequence != held.Last + 1)
            {
                throw new StateConflictException($"The log's next number is {held.Last + 1}, not {firstSequence}.");
            }

            held.Records.AddRange(records.Select((record, i) => new LogRecord(firstSequence + i, record.ToArray())));
            _logs[log] = held with { Last = held.Last + records.Count };
        }
    }

    public ValueTask<IReadOnlyList<LogRecord>> ReadAsync(
        string log, long afterSequence, int itemsMax, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            IReadOnlyList<LogRecord> page = _logs.TryGetValue(log, out var held)
                ? [.. held.Records.Where(record => record.Sequence > afterSequence).Take(Math.Max(itemsMax, 1))]
                : [];
            return ValueTask.FromResult(page);
        }
    }

    public ValueTask<LogExtent> ExtentAsync(string log, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        BeforeExtent?.Invoke(log);
        lock (_gate)
        {
            return ValueTask.FromResult(_logs.TryGetValue(log, out var held)
                ? new LogExtent(held.Last + 1 - held.Records.Count, held.Last)
                : default);
        }
    }

    public ValueTask TrimAsync(string log, long throughSequence, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            _logs.GetValueOrDefault(log)?.Records.RemoveAll(record => record.Sequence <= throughSequence);
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask DeleteAsync(string log, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            _logs.Remove(log);
        }

        return ValueTask.CompletedTask;
    }

    /// <summary>The records still held, and the number of the last ever appended.</summary>
    private sealed record Held(List<LogRecord> Records, long Last);
}
