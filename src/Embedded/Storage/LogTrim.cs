namespace Smcp.Storage;

/// <summary>Drops a log's records up to a number.</summary>
internal sealed class LogTrim(string log, long throughSequence, CancellationToken cancellationToken)
    : StorageWrite(0, cancellationToken)
{
    protected override long ApplyCore(WriterStatements statements)
    {
        statements.DeleteRecords.Bind(1, log).Bind(2, throughSequence).Run();
        statements.TrimLog.Bind(1, log).Bind(2, throughSequence).Run();
        return 0;
    }
}
