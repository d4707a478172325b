namespace Smcp.Storage;

/// <summary>Removes a log and its records.</summary>
internal sealed class LogDelete(string log, CancellationToken cancellationToken) : StorageWrite(0, cancellationToken)
{
    protected override long ApplyCore(WriterStatements statements)
    {
        statements.DeleteRecords.Bind(1, log).Bind(2, long.MaxValue).Run();
        statements.DeleteLog.Bind(1, log).Run();
        return 0;
    }
}
