namespace Smcp.Storage;

/// <summary>Logs as a row each, which is the fence of appends, and a row for each record.</summary>
internal sealed class PostgresLogStorage(PostgresStore store) : ILogStorage
{
    // One statement each, so that it happens whole or not at all in one round trip.
    private const string Begin = """
        WITH moved AS (
            INSERT INTO smcp.log (name, first, last) VALUES ($1, 1, cardinality($3))
            ON CONFLICT DO NOTHING RETURNING id)
        INSERT INTO smcp.log_record (log, sequence, payload)
        SELECT moved.id, $2 + record.at, record.payload
        FROM moved, unnest($3) WITH ORDINALITY AS record (payload, at)
        """;

    private const string Append = """
        WITH moved AS (
            UPDATE smcp.log SET last = $2 + cardinality($3) WHERE name = $1 AND last = $2 RETURNING id)
        INSERT INTO smcp.log_record (log, sequence, payload)
        SELECT moved.id, $2 + record.at, record.payload
        FROM moved, unnest($3) WITH ORDINALITY AS record (payload, at)
        """;

    private const string Page = """
        SELECT sequence, payload, first, last FROM (
            SELECT record.sequence, record.payload, log.first, log.last,
                sum(octet_length(record.payload)) OVER (ORDER BY record.sequence) AS bytes
            FROM smcp.log LEFT JOIN smcp.log_record AS record
                ON record.log = log.id AND record.sequence > $2
            WHERE log.name = $1 ORDER BY record.sequence LIMIT $3) AS page
        WHERE bytes - octet_length(payload) < $4 OR payload IS NULL
        ORDER BY sequence
        """;

    private const string Trim = """
        WITH moved AS (
            UPDATE smcp.log SET first = least($2, last) + 1 WHERE name = $1 AND first <= $2 RETURNING id, first)
        DELETE FROM smcp.log_record AS record USING moved
        WHERE record.log = moved.id AND record.sequence < moved.first
        """;

    public async ValueTask AppendAsync(
        string log,
        long firstSequence,
        IReadOnlyList<ReadOnlyMemory<byte>> records,
        CancellationToken cancellationToken)
    {
        KeyText.Require(log, store.Options.KeyBytesMax);
        ArgumentOutOfRangeException.ThrowIfLessThan(firstSequence, 1);
        if (records.Count == 0)
        {
            return;
        }

        var bytes = records.Sum(record => (long)record.Length);
        if (bytes > store.Options.WriteBytesMax)
        {
            throw new ArgumentException(
                $"A write of {bytes} bytes is over the limit of {store.Options.WriteBytesMax} bytes.");
        }

        var appended = await store.WriteAsync(
            (connection, token) => connection.Command(firstSequence == 1 ? Begin : Append)
                .With(log).With(firstSequence - 1).With(records).RunAsync(token),
            cancellationToken);
        if (appended != records.Count)
        {
            throw new StateConflictException($"The log {log} does not end before {firstSequence}.");
        }
    }

    public async ValueTask<IReadOnlyList<LogRecord>> ReadAsync(
        string log, long afterSequence, int itemsMax, CancellationToken cancellationToken)
    {
        KeyText.Require(log, store.Options.KeyBytesMax);
        ArgumentOutOfRangeException.ThrowIfLessThan(itemsMax, 1);
        var rows = await store.ReadAsync(
            (connection, token) => connection.Command(Page)
                .With(log).With(afterSequence).With(itemsMax).With(store.Options.ReadBytesMax)
                .ReadAsync(
                    row => (
                        Sequence: row.IsDBNull(0) ? 0 : row.GetInt64(0),
                        Payload: row.IsDBNull(1) ? null : row.GetFieldValue<byte[]>(1),
                        First: row.GetInt64(2),
                        Last: row.GetInt64(3)),
                    token),
            cancellationToken);
        if (rows.Count == 0)
        {
            return [];
        }

        // The log's end stands beside each record, and alone where none follows: what is missing is noticed.
        var next = Math.Max(afterSequence + 1, rows[0].First);
        if (rows is [{ Payload: null }])
        {
            return next > rows[0].Last
                ? []
                : throw new StorageUnavailableException($"The log {log} is damaged: it has no record {next}.");
        }

        return [.. rows.Select((row, at) => row.Sequence == next + at
            ? new LogRecord(row.Sequence, row.Payload!)
            : throw new StorageUnavailableException($"The log {log} is damaged: it has no record {next + at}."))];
    }

    public async ValueTask<LogExtent> ExtentAsync(string log, CancellationToken cancellationToken)
    {
        KeyText.Require(log, store.Options.KeyBytesMax);
        var rows = await store.ReadAsync(
            (connection, token) => connection.Command("SELECT first, last FROM smcp.log WHERE name = $1").With(log)
                .ReadAsync(row => new LogExtent(row.GetInt64(0), row.GetInt64(1)), token),
            cancellationToken);
        return rows is [var extent] ? extent : default;
    }

    public async ValueTask TrimAsync(string log, long throughSequence, CancellationToken cancellationToken)
    {
        KeyText.Require(log, store.Options.KeyBytesMax);
        await store.WriteAsync(
            (connection, token) => connection.Command(Trim).With(log).With(throughSequence).RunAsync(token),
            cancellationToken);
    }

    public async ValueTask DeleteAsync(string log, CancellationToken cancellationToken)
    {
        KeyText.Require(log, store.Options.KeyBytesMax);
        await store.WriteAsync(
            (connection, token) => connection.Command("DELETE FROM smcp.log WHERE name = $1").With(log)
                .RunAsync(token),
            cancellationToken);
    }
}
