namespace Smcp.Storage;

/// <summary>Removes a state if its version is the expected one.</summary>
internal sealed class StateClear(StateAddress address, long expectedVersion, CancellationToken cancellationToken)
    : StorageWrite(0, cancellationToken)
{
    protected override long ApplyCore(WriterStatements statements)
    {
        statements.DeleteState.Bind(1, address.GrainType).Bind(2, address.GrainKey).Bind(3, address.Name)
            .Bind(4, expectedVersion);
        if (statements.DeleteState.Run() == 1 || (expectedVersion == 0 && !Exists(statements)))
        {
            return 0;
        }

        return Conflict($"The state {address} is not at version {expectedVersion}.");
    }

    private bool Exists(WriterStatements statements)
    {
        var statement = statements.FindState;
        try
        {
            return statement.Bind(1, address.GrainType).Bind(2, address.GrainKey).Bind(3, address.Name).Step();
        }
        finally
        {
            statement.Reset();
        }
    }
}
