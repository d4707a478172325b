using Npgsql;
using NpgsqlTypes;

namespace Smcp.Storage;

/// <summary>Everything in one transaction, by binary copies: it is there whole, or not at all.</summary>
internal sealed class PostgresImport(PostgresStore store) : IStorageImport
{
    private const string Count = """
        SELECT (SELECT count(*) FROM smcp.state), (SELECT count(*) FROM smcp.log),
            (SELECT count(*) FROM smcp.log_record),
            (SELECT coalesce(sum(octet_length(payload)), 0) FROM smcp.state)::bigint
                + (SELECT coalesce(sum(octet_length(payload)), 0) FROM smcp.log_record)::bigint,
            (SELECT count(*) FROM smcp.node_state)
        """;

    public async ValueTask<StoreCount> ImportAsync(IStoreContent content, CancellationToken cancellationToken)
    {
        await store.OpenAsync(cancellationToken);
        try
        {
            await using var connection = await store.Source.OpenConnectionAsync(cancellationToken);
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            await LockAsync(connection, cancellationToken);
            await RequireEmptyAsync(connection, cancellationToken);
            await CopyStatesAsync(connection, PostgresGrainStorage.Grains, content.States(), cancellationToken);
            await CopyStatesAsync(connection, PostgresGrainStorage.Nodes, content.NodeStates(), cancellationToken);
            await CopyLogsAsync(connection, content, cancellationToken);
            var (count, _) = await CountAsync(connection, cancellationToken);
            var expected = StoreCount.Of(content);
            if (count != expected)
            {
                throw new StorageUnavailableException(
                    $"The database holds {count} after the import, not {expected}: nothing was changed.");
            }

            await transaction.CommitAsync(cancellationToken);
            return count;
        }
        catch (NpgsqlException failure)
        {
            throw new StorageUnavailableException($"The database did not take it: {failure.Message}", failure);
        }
    }

    /// <summary>Nobody writes beside it: a node that starts meanwhile waits, and finds it all.</summary>
    private static async Task LockAsync(NpgsqlConnection connection, CancellationToken cancellationToken) =>
        await connection.Command(
            "LOCK TABLE smcp.state, smcp.node_state, smcp.log, smcp.log_record IN EXCLUSIVE MODE")
            .RunAsync(cancellationToken);

    private static async Task RequireEmptyAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var (count, nodes) = await CountAsync(connection, cancellationToken);
        if (count != default || nodes > 0)
        {
            throw new StorageStartException(
                StorageStartFailure.Foreign,
                $"The database is not empty ({count}, {nodes:N0} rows of nodes). Take an empty one: "
                    + "nothing was changed.");
        }
    }

    private static async Task<(StoreCount Count, long Nodes)> CountAsync(
        NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var counts = connection.Command(Count);
        counts.CommandTimeout = 0;
        var rows = await counts.ReadAsync(
            row => (
                new StoreCount(row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3)),
                row.GetInt64(4)),
            cancellationToken);
        return rows[0];
    }

    private static async Task CopyStatesAsync(
        NpgsqlConnection connection, string table, IEnumerable<StoredRow> rows, CancellationToken cancellationToken)
    {
        await using var copy = await connection.BeginBinaryImportAsync(
            $"COPY {table} (grain_type, grain_key, name, version, payload) FROM STDIN (FORMAT BINARY)",
            cancellationToken);
        foreach (var row in rows)
        {
            // The version is the store's own fence and begins anew; the one that callers know is inside the payload.
            await copy.StartRowAsync(cancellationToken);
            await copy.WriteAsync(row.Address.GrainType, NpgsqlDbType.Text, cancellationToken);
            await copy.WriteAsync(row.Address.GrainKey, NpgsqlDbType.Text, cancellationToken);
            await copy.WriteAsync(row.Address.Name, NpgsqlDbType.Text, cancellationToken);
            await copy.WriteAsync(1L, NpgsqlDbType.Bigint, cancellationToken);
            await copy.WriteAsync(row.Payload, NpgsqlDbType.Bytea, cancellationToken);
        }

        await copy.CompleteAsync(cancellationToken);
    }

    private static async Task CopyLogsAsync(
        NpgsqlConnection connection, IStoreContent content, CancellationToken cancellationToken)
    {
        var ids = new Dictionary<string, long>(StringComparer.Ordinal);
        await using (var copy = await connection.BeginBinaryImportAsync(
            "COPY smcp.log (id, name, first, last) FROM STDIN (FORMAT BINARY)", cancellationToken))
        {
            foreach (var log in content.Logs())
            {
                ids.Add(log.Name, ids.Count + 1);
                await copy.StartRowAsync(cancellationToken);
                await copy.WriteAsync(ids[log.Name], NpgsqlDbType.Bigint, cancellationToken);
                await copy.WriteAsync(log.Name, NpgsqlDbType.Text, cancellationToken);
                await copy.WriteAsync(log.Extent.First, NpgsqlDbType.Bigint, cancellationToken);
                await copy.WriteAsync(log.Extent.Last, NpgsqlDbType.Bigint, cancellationToken);
            }

            await copy.CompleteAsync(cancellationToken);
        }

        await using (var copy = await connection.BeginBinaryImportAsync(
            "COPY smcp.log_record (log, sequence, payload) FROM STDIN (FORMAT BINARY)", cancellationToken))
        {
            foreach (var log in content.Logs())
            {
                foreach (var record in content.Records(log))
                {
                    await copy.StartRowAsync(cancellationToken);
                    await copy.WriteAsync(ids[log.Name], NpgsqlDbType.Bigint, cancellationToken);
                    await copy.WriteAsync(record.Sequence, NpgsqlDbType.Bigint, cancellationToken);
                    await copy.WriteAsync(record.Payload, NpgsqlDbType.Bytea, cancellationToken);
                }
            }

            await copy.CompleteAsync(cancellationToken);
        }

        await connection.Command($"ALTER TABLE smcp.log ALTER id RESTART WITH {ids.Count + 1}")
            .RunAsync(cancellationToken);
    }
}
