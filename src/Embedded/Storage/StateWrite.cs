namespace Smcp.Storage;

/// <summary>Stores a state if its version is the expected one. Its result is the new version.</summary>
internal sealed class StateWrite(
    StateAddress address, ReadOnlyMemory<byte> payload, long expectedVersion, CancellationToken cancellationToken)
    : StorageWrite(payload.Length, cancellationToken)
{
    protected override long ApplyCore(WriterStatements statements)
    {
        var version = expectedVersion + 1;
        var statement = expectedVersion == 0 ? statements.InsertState : statements.UpdateState;
        statement.Bind(1, address.GrainType).Bind(2, address.GrainKey).Bind(3, address.Name)
            .Bind(4, version).Bind(5, Checksum.Of(version, payload.Span)).Bind(6, payload.Span);
        return statement.Run() == 1
            ? version
            : Conflict($"The state {address} is not at version {expectedVersion}.");
    }
}
