using Npgsql;
using NpgsqlTypes;

namespace Smcp.Storage;

/// <summary>How commands are made: parameters by position, each statement prepared by its connection.</summary>
internal static class PostgresCommands
{
    public static NpgsqlCommand Command(this NpgsqlConnection connection, string statement) =>
        new(statement, connection);

    public static NpgsqlCommand With(this NpgsqlCommand command, string text)
    {
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = text });
        return command;
    }

    public static NpgsqlCommand With(this NpgsqlCommand command, long number)
    {
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = number });
        return command;
    }

    public static NpgsqlCommand With(this NpgsqlCommand command, ReadOnlyMemory<byte> bytes)
    {
        command.Parameters.Add(new NpgsqlParameter<ReadOnlyMemory<byte>>
        {
            TypedValue = bytes,
            NpgsqlDbType = NpgsqlDbType.Bytea,
        });
        return command;
    }

    public static NpgsqlCommand With(this NpgsqlCommand command, IEnumerable<ReadOnlyMemory<byte>> items)
    {
        command.Parameters.Add(new NpgsqlParameter<byte[][]>
        {
            TypedValue = [.. items.Select(item => item.ToArray())],
            NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea,
        });
        return command;
    }

    public static NpgsqlCommand With(this NpgsqlCommand command, IEnumerable<long> numbers)
    {
        command.Parameters.Add(new NpgsqlParameter<long[]>
        {
            TypedValue = [.. numbers],
            NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint,
        });
        return command;
    }

    /// <summary>The address as three parameters.</summary>
    public static NpgsqlCommand With(this NpgsqlCommand command, StateAddress address) =>
        command.With(address.GrainType).With(address.GrainKey).With(address.Name);

    /// <summary>Runs it, prepared: the server plans a statement once for each connection.</summary>
    public static async Task<int> RunAsync(this NpgsqlCommand command, CancellationToken cancellationToken)
    {
        await using (command)
        {
            await command.PrepareAsync(cancellationToken);
            return await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    /// <summary>Reads each row, prepared.</summary>
    public static async Task<List<TRow>> ReadAsync<TRow>(
        this NpgsqlCommand command, Func<NpgsqlDataReader, TRow> read, CancellationToken cancellationToken)
    {
        await using (command)
        {
            await command.PrepareAsync(cancellationToken);
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            var rows = new List<TRow>();
            while (await reader.ReadAsync(cancellationToken))
            {
                rows.Add(read(reader));
            }

            return rows;
        }
    }
}
