using Smcp.Storage;

namespace Smcp.Sessions;

/// <summary>
/// The stores as one process sees them. When the process dies, at an operation that the test chooses, before or after
/// it took place, nothing more comes back from them.
/// </summary>
internal sealed class MortalStorage(IGrainStorage states, ILogStorage logs) : IGrainStorage, ILogStorage
{
    private readonly TaskCompletionSource _died = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _operations;

    /// <summary>Completes at death.</summary>
    public Task Died => _died.Task;

    /// <summary>Writes asked for so far.</summary>
    public int Operations => Volatile.Read(ref _operations);

    /// <summary>The write that kills the process, counted from 1; 0 for none.</summary>
    public int DiesAt { get; set; }

    /// <summary>Whether that write still takes place.</summary>
    public bool DiesAfter { get; set; }

    /// <summary>Thrown instead of the next write, once.</summary>
    public Exception? Failure { get; set; }

    public void Die() => _died.TrySetResult();

    public async ValueTask<StoredState?> ReadAsync(StateAddress address, CancellationToken cancellationToken)
    {
        await LiveAsync();
        return await states.ReadAsync(address, cancellationToken);
    }

    public async ValueTask<long> WriteAsync(
        StateAddress address, ReadOnlyMemory<byte> payload, long expectedVersion, CancellationToken cancellationToken)
    {
        long version = 0;
        await WriteAsync(async () =>
            version = await states.WriteAsync(address, payload, expectedVersion, cancellationToken));
        return version;
    }

    public ValueTask ClearAsync(StateAddress address, long expectedVersion, CancellationToken cancellationToken) =>
        WriteAsync(() => states.ClearAsync(address, expectedVersion, cancellationToken));

    public ValueTask AppendAsync(
        string log,
        long firstSequence,
        IReadOnlyList<ReadOnlyMemory<byte>> records,
        CancellationToken cancellationToken) =>
        WriteAsync(() => logs.AppendAsync(log, firstSequence, records, cancellationToken));

    public async ValueTask<IReadOnlyList<LogRecord>> ReadAsync(
        string log, long afterSequence, int itemsMax, CancellationToken cancellationToken)
    {
        await LiveAsync();
        return await logs.ReadAsync(log, afterSequence, itemsMax, cancellationToken);
    }

    public async ValueTask<LogExtent> ExtentAsync(string log, CancellationToken cancellationToken)
    {
        await LiveAsync();
        return await logs.ExtentAsync(log, cancellationToken);
    }

    public ValueTask TrimAsync(string log, long throughSequence, CancellationToken cancellationToken) =>
        WriteAsync(() => logs.TrimAsync(log, throughSequence, cancellationToken));

    public ValueTask DeleteAsync(string log, CancellationToken cancellationToken) =>
        WriteAsync(() => logs.DeleteAsync(log, cancellationToken));

    private async ValueTask WriteAsync(Func<ValueTask> write)
    {
        await LiveAsync();
        var dies = Interlocked.Increment(ref _operations) == DiesAt;
        if (dies && !DiesAfter)
        {
            Die();
            await LiveAsync();
        }

        if (Failure is { } failure)
        {
            Failure = null;
            throw failure;
        }

        await write();
        if (dies)
        {
            Die();
            await LiveAsync();
        }
    }

    private Task LiveAsync() =>
        _died.Task.IsCompleted ? new TaskCompletionSource().Task : Task.CompletedTask;
}
