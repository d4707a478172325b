namespace Smcp.Storage;

/// <summary>Appends records to a log if they follow its last one.</summary>
internal sealed class LogAppend(
    string log,
    long firstSequence,
    IReadOnlyList<ReadOnlyMemory<byte>> records,
    long bytes,
    CancellationToken cancellationToken)
    : StorageWrite(bytes, cancellationToken)
{
    protected override long ApplyCore(WriterStatements statements)
    {
        if (Advance(statements) is not { } id)
        {
            return Conflict($"The log {log} does not end before {firstSequence}.");
        }

        for (var i = 0; i < records.Count; i++)
        {
            var sequence = firstSequence + i;
            var payload = records[i].Span;
            statements.InsertRecord.Bind(1, id).Bind(2, sequence)
                .Bind(3, Checksum.Of(sequence, payload)).Bind(4, payload).Run();
        }

        return 0;
    }

    /// <summary>Moves the log's end over the new records, which is the fence. Null if it ends elsewhere.</summary>
    private long? Advance(WriterStatements statements)
    {
        var statement = firstSequence == 1 ? statements.InsertLog : statements.AdvanceLog;
        try
        {
            statement.Bind(1, log).Bind(2, firstSequence + records.Count - 1);
            if (firstSequence != 1)
            {
                statement.Bind(3, firstSequence - 1);
            }

            return statement.Step() ? statement.Int64(0) : null;
        }
        finally
        {
            statement.Reset();
        }
    }
}
