namespace Smcp.Storage;

/// <summary>
/// Puts records in the place of others, if those are as expected. Its result is 1, or 0 if they are not.
/// </summary>
internal sealed class LogReplace(
    string log, IReadOnlyList<RecordReplacement> records, long bytes, CancellationToken cancellationToken)
    : StorageWrite(bytes, cancellationToken)
{
    protected override long ApplyCore(WriterStatements statements)
    {
        if (!records.All(record => Stands(statements, record)))
        {
            return 0;
        }

        foreach (var record in records)
        {
            statements.ReplaceRecord.Bind(1, log).Bind(2, record.Sequence)
                .Bind(3, Checksum.Of(record.Sequence, record.Payload.Span)).Bind(4, record.Payload.Span).Run();
        }

        return 1;
    }

    private bool Stands(WriterStatements statements, RecordReplacement record)
    {
        var statement = statements.FindRecord;
        try
        {
            return statement.Bind(1, log).Bind(2, record.Sequence).Bind(3, record.Expected.Span).Step()
                && statement.Int64(0) == 1;
        }
        finally
        {
            statement.Reset();
        }
    }
}
