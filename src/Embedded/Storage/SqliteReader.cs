using Smcp.Reminders;
using Smcp.Storage.Sqlite;

namespace Smcp.Storage;

/// <summary>A connection that reads, with its statements. For one caller at a time.</summary>
internal sealed class SqliteReader : IDisposable
{
    private readonly SqliteDatabase _database;
    private readonly SqliteStatement _state;
    private readonly SqliteStatement _records;
    private readonly SqliteStatement _extent;
    private readonly SqliteStatement _due;
    private readonly SqliteStatement _nextDue;
    private readonly SqliteStatement _reminders;
    private readonly SqliteStatement _addresses;
    private readonly SqliteStatement _logs;

    public SqliteReader(SqliteDatabase database)
    {
        _database = database;
        _state = database.Prepare("""
            SELECT version, checksum, payload FROM state WHERE grain_type = ?1 AND grain_key = ?2 AND name = ?3
            """);
        _records = database.Prepare("""
            SELECT sequence, checksum, payload, first, last
            FROM log LEFT JOIN log_record ON log_record.log = log.id AND sequence > ?2
            WHERE name = ?1 ORDER BY sequence LIMIT ?3
            """);
        _extent = database.Prepare("SELECT first, last FROM log WHERE name = ?1");
        _due = database.Prepare("""
            SELECT grain_type, grain_key, name, due_at, period FROM reminder WHERE due_at <= ?1 ORDER BY due_at LIMIT ?2
            """);
        _nextDue = database.Prepare("SELECT due_at FROM reminder ORDER BY due_at LIMIT 1");
        _reminders = database.Prepare("""
            SELECT grain_type, grain_key, name FROM reminder
            WHERE grain_key = ?1 OR substr(grain_key, 1, length(?1) + 1) = ?1 || '/'
            ORDER BY grain_type, grain_key, name LIMIT ?2
            """);
        _addresses = database.Prepare("""
            SELECT grain_type, grain_key, name FROM state
            WHERE (grain_type, grain_key, name) > (?1, ?2, ?3) AND substr(grain_key, 1, length(?4)) = ?4
            ORDER BY grain_type, grain_key, name LIMIT ?5
            """);
        _logs = database.Prepare("""
            SELECT name FROM log WHERE name > ?1 AND substr(name, 1, length(?2)) = ?2 ORDER BY name LIMIT ?3
            """);
    }

    public StoredState? ReadState(StateAddress address)
    {
        try
        {
            if (!_state.Bind(1, address.GrainType).Bind(2, address.GrainKey).Bind(3, address.Name).Step())
            {
                return null;
            }

            var version = _state.Int64(0);
            return new StoredState(Payload(_state, version), version);
        }
        finally
        {
            _state.Reset();
        }
    }

    public IReadOnlyList<LogRecord> ReadLog(string log, long afterSequence, int itemsMax, long bytesMax)
    {
        var records = new List<LogRecord>();
        var bytes = 0L;
        try
        {
            _records.Bind(1, log).Bind(2, afterSequence).Bind(3, itemsMax);
            while (_records.Step())
            {
                // A log's end stands beside each record, and alone where none follows: what is missing is noticed.
                var (first, last) = (_records.Int64(3), _records.Int64(4));
                var next = Math.Max(afterSequence + 1, first) + records.Count;
                if (next > last)
                {
                    break;
                }

                if (_records.Int64(0) != next)
                {
                    throw new DamagedRowException($"A log that ends at {last} has no record {next}.");
                }

                bytes += _records.ByteCount(2);
                if (bytes > bytesMax && records.Count > 0)
                {
                    break;
                }

                records.Add(new LogRecord(next, Payload(_records, next)));
            }

            return records;
        }
        finally
        {
            _records.Reset();
        }
    }

    public LogExtent ReadExtent(string log)
    {
        try
        {
            return _extent.Bind(1, log).Step() ? new LogExtent(_extent.Int64(0), _extent.Int64(1)) : default;
        }
        finally
        {
            _extent.Reset();
        }
    }

    public IReadOnlyList<Reminder> ReadDue(DateTimeOffset at, int itemsMax)
    {
        var reminders = new List<Reminder>();
        try
        {
            _due.Bind(1, at.ToUnixTimeMilliseconds()).Bind(2, itemsMax);
            while (_due.Step())
            {
                reminders.Add(new Reminder(
                    new ReminderAddress(_due.Text(0), _due.Text(1), _due.Text(2)),
                    DateTimeOffset.FromUnixTimeMilliseconds(_due.Int64(3)),
                    TimeSpan.FromMilliseconds(_due.Int64(4))));
            }

            return reminders;
        }
        finally
        {
            _due.Reset();
        }
    }

    public IReadOnlyList<ReminderAddress> ListReminders(string path, int itemsMax)
    {
        var reminders = new List<ReminderAddress>();
        try
        {
            _reminders.Bind(1, path).Bind(2, itemsMax);
            while (_reminders.Step())
            {
                reminders.Add(new ReminderAddress(_reminders.Text(0), _reminders.Text(1), _reminders.Text(2)));
            }

            return reminders;
        }
        finally
        {
            _reminders.Reset();
        }
    }

    public DateTimeOffset? ReadNextDue()
    {
        try
        {
            return _nextDue.Step() ? DateTimeOffset.FromUnixTimeMilliseconds(_nextDue.Int64(0)) : null;
        }
        finally
        {
            _nextDue.Reset();
        }
    }

    public IReadOnlyList<StateAddress> ListStates(string keyPrefix, StateAddress? after, int itemsMax)
    {
        var addresses = new List<StateAddress>();
        try
        {
            _addresses.Bind(1, after?.GrainType ?? "").Bind(2, after?.GrainKey ?? "").Bind(3, after?.Name ?? "")
                .Bind(4, keyPrefix).Bind(5, itemsMax);
            while (_addresses.Step())
            {
                addresses.Add(new StateAddress(_addresses.Text(0), _addresses.Text(1), _addresses.Text(2)));
            }

            return addresses;
        }
        finally
        {
            _addresses.Reset();
        }
    }

    public IReadOnlyList<string> ListLogs(string prefix, string? after, int itemsMax)
    {
        var names = new List<string>();
        try
        {
            _logs.Bind(1, after ?? "").Bind(2, prefix).Bind(3, itemsMax);
            while (_logs.Step())
            {
                names.Add(_logs.Text(0));
            }

            return names;
        }
        finally
        {
            _logs.Reset();
        }
    }

    public void Dispose() => _database.Dispose();

    /// <summary>The checksum stands in column 1 and the payload in column 2.</summary>
    private static byte[] Payload(SqliteStatement row, long number)
    {
        var payload = row.Bytes(2);
        return Checksum.Of(number, payload) == row.Int64(1)
            ? payload
            : throw new DamagedRowException("A row does not match its checksum.");
    }
}
