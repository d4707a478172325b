namespace Smcp.Storage;

/// <summary>
/// Changes nothing; its caller is told once the write-ahead log, with what it holds of older pages, is copied and cut.
/// </summary>
internal sealed class WalErase(CancellationToken cancellationToken) : StorageWrite(0, cancellationToken)
{
    public override bool EmptiesLog => true;

    protected override long ApplyCore(WriterStatements statements) => 0;
}
