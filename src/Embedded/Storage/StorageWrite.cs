namespace Smcp.Storage;

/// <summary>
/// One write on its way through the writer: applied within a transaction that it shares with others, and acknowledged
/// to its caller when that is committed. It may be applied again when the transaction is rolled back for another's
/// sake.
/// </summary>
internal abstract class StorageWrite(long bytes, CancellationToken cancellationToken)
{
    // The caller goes on elsewhere: the writer's thread must not run grains.
    private readonly TaskCompletionSource<long> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _result;
    private string? _conflict;

    /// <summary>What it holds in memory, for the queue's bound.</summary>
    public long Bytes { get; } = bytes;

    /// <summary>Whether its caller waits until the write-ahead log is empty.</summary>
    public virtual bool EmptiesLog => false;

    public Task<long> Completion => _completion.Task;

    /// <summary>Applies it, or finds a conflict before anything is changed.</summary>
    public void Apply(WriterStatements statements)
    {
        _conflict = null;
        _result = ApplyCore(statements);
    }

    /// <summary>Tells the caller; what it is told must be durable by now.</summary>
    public void Acknowledge()
    {
        if (_conflict is null)
        {
            _completion.TrySetResult(_result);
        }
        else
        {
            _completion.TrySetException(new StateConflictException(_conflict));
        }
    }

    public void Fail(Exception exception) => _completion.TrySetException(exception);

    /// <summary>A caller that gave up before its write began gets its way; later the outcome stands.</summary>
    public bool TryCancel() =>
        cancellationToken.IsCancellationRequested && _completion.TrySetCanceled(cancellationToken);

    protected abstract long ApplyCore(WriterStatements statements);

    protected long Conflict(string message)
    {
        _conflict = message;
        return 0;
    }
}
