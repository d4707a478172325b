namespace Smcp.Storage;

internal sealed class PostgresInventory(PostgresStore store) : IStorageInventory
{
    private const string States = """
        SELECT grain_type, grain_key, name FROM smcp.state
        WHERE (grain_type, grain_key, name) > ($1, $2, $3) AND starts_with(grain_key, $4)
        ORDER BY grain_type, grain_key, name LIMIT $5
        """;

    private const string Logs = """
        SELECT name FROM smcp.log WHERE name > $1 AND starts_with(name, $2) ORDER BY name LIMIT $3
        """;

    private const string Replace = """
        UPDATE smcp.log_record AS record SET payload = change.payload
        FROM unnest($2, $3, $4) AS change (sequence, expected, payload), smcp.log
        WHERE log.name = $1 AND record.log = log.id
            AND record.sequence = change.sequence AND record.payload = change.expected
        """;

    public async ValueTask<IReadOnlyList<StateAddress>> ListStatesAsync(
        string keyPrefix, StateAddress? after, int itemsMax, CancellationToken cancellationToken)
    {
        KeyText.Require(keyPrefix, store.Options.KeyBytesMax);
        ArgumentOutOfRangeException.ThrowIfLessThan(itemsMax, 1);
        var start = after ?? new StateAddress(string.Empty, string.Empty, string.Empty);
        return await store.ReadAsync(
            (connection, token) => connection.Command(States).With(start).With(keyPrefix).With(itemsMax)
                .ReadAsync(row => new StateAddress(row.GetString(0), row.GetString(1), row.GetString(2)), token),
            cancellationToken);
    }

    public async ValueTask<IReadOnlyList<string>> ListLogsAsync(
        string prefix, string? after, int itemsMax, CancellationToken cancellationToken)
    {
        KeyText.Require(prefix, store.Options.KeyBytesMax);
        ArgumentOutOfRangeException.ThrowIfLessThan(itemsMax, 1);
        return await store.ReadAsync(
            (connection, token) => connection.Command(Logs).With(after ?? string.Empty).With(prefix).With(itemsMax)
                .ReadAsync(row => row.GetString(0), token),
            cancellationToken);
    }

    public async ValueTask<bool> ReplaceAsync(
        string log, IReadOnlyList<RecordReplacement> records, CancellationToken cancellationToken)
    {
        KeyText.Require(log, store.Options.KeyBytesMax);
        return await store.WriteAsync(
            async (connection, token) =>
            {
                await using var transaction = await connection.BeginTransactionAsync(token);
                var replaced = await connection.Command(Replace).With(log)
                    .With(records.Select(record => record.Sequence))
                    .With(records.Select(record => record.Expected))
                    .With(records.Select(record => record.Payload))
                    .RunAsync(token);
                if (replaced != records.Count)
                {
                    await transaction.RollbackAsync(token);
                    return false;
                }

                await transaction.CommitAsync(token);
                return true;
            },
            cancellationToken);
    }

    /// <summary>
    /// Has the server take up the room of rows that were written over. What its pages, its write-ahead log and its
    /// backups keep of them is beyond us: <c>docs/storage.md</c> says so.
    /// </summary>
    public async ValueTask EraseRemovedAsync(CancellationToken cancellationToken) =>
        await store.WriteAsync(
            async (connection, token) =>
            {
                await using var vacuum = connection.Command("VACUUM smcp.state");
                vacuum.CommandTimeout = 0;
                return await vacuum.ExecuteNonQueryAsync(token);
            },
            cancellationToken);
}
