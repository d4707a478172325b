using System.Text;

namespace Smcp.Storage;

/// <summary>States as rows of one of the two tables for them: the grains', or the nodes' own.</summary>
internal sealed class PostgresGrainStorage(PostgresStore store, string table) : IGrainStorage
{
    public const string Grains = "smcp.state";
    public const string Nodes = "smcp.node_state";

    /// <summary>What the index of the primary key can hold.</summary>
    private const int AddressBytesMax = 2500;

    private readonly string _select = $"""
        SELECT version, payload FROM {table} WHERE grain_type = $1 AND grain_key = $2 AND name = $3
        """;

    private readonly string _insert = $"""
        INSERT INTO {table} (grain_type, grain_key, name, version, payload) VALUES ($1, $2, $3, 1, $4)
        ON CONFLICT DO NOTHING
        """;

    private readonly string _update = $"""
        UPDATE {table} SET version = $4 + 1, payload = $5
        WHERE grain_type = $1 AND grain_key = $2 AND name = $3 AND version = $4
        """;

    private readonly string _delete = $"""
        DELETE FROM {table} WHERE grain_type = $1 AND grain_key = $2 AND name = $3 AND version = $4
        """;

    public async ValueTask<StoredState?> ReadAsync(StateAddress address, CancellationToken cancellationToken)
    {
        Require(address);
        var rows = await store.ReadAsync(
            (connection, token) => connection.Command(_select).With(address).ReadAsync(
                row => new StoredState(row.GetFieldValue<byte[]>(1), row.GetInt64(0)), token),
            cancellationToken);
        return rows is [var found] ? found : null;
    }

    public async ValueTask<long> WriteAsync(
        StateAddress address, ReadOnlyMemory<byte> payload, long expectedVersion, CancellationToken cancellationToken)
    {
        Require(address);
        ArgumentOutOfRangeException.ThrowIfNegative(expectedVersion);
        if (payload.Length > store.Options.WriteBytesMax)
        {
            throw new ArgumentException(
                $"A write of {payload.Length} bytes is over the limit of {store.Options.WriteBytesMax} bytes.");
        }

        var written = await store.WriteAsync(
            (connection, token) => expectedVersion == 0
                ? connection.Command(_insert).With(address).With(payload).RunAsync(token)
                : connection.Command(_update).With(address).With(expectedVersion).With(payload).RunAsync(token),
            cancellationToken);
        return written == 1 ? expectedVersion + 1 : throw Conflict(address, expectedVersion);
    }

    public async ValueTask ClearAsync(StateAddress address, long expectedVersion, CancellationToken cancellationToken)
    {
        Require(address);
        ArgumentOutOfRangeException.ThrowIfNegative(expectedVersion);
        if (expectedVersion == 0)
        {
            if (await ReadAsync(address, cancellationToken) is not null)
            {
                throw Conflict(address, expectedVersion);
            }

            return;
        }

        var removed = await store.WriteAsync(
            (connection, token) => connection.Command(_delete).With(address).With(expectedVersion).RunAsync(token),
            cancellationToken);
        if (removed != 1)
        {
            throw Conflict(address, expectedVersion);
        }
    }

    private static StateConflictException Conflict(StateAddress address, long expectedVersion) =>
        new($"{address} is not of version {expectedVersion}.");

    private void Require(StateAddress address)
    {
        KeyText.Require(address.GrainType, store.Options.KeyBytesMax);
        KeyText.Require(address.GrainKey, store.Options.KeyBytesMax);
        KeyText.Require(address.Name, store.Options.KeyBytesMax);
        if (Encoding.UTF8.GetByteCount(address.GrainType) + Encoding.UTF8.GetByteCount(address.GrainKey)
            + Encoding.UTF8.GetByteCount(address.Name) > AddressBytesMax)
        {
            throw new ArgumentException($"An address of more than {AddressBytesMax} bytes.");
        }
    }
}
