namespace Smcp.Storage;

/// <summary>
/// The writes that wait for the writer, bounded in number and in bytes. One thread takes, any thread adds.
/// </summary>
internal sealed class WriteQueue(SqliteStorageOptions options)
{
    // Not a Lock: the writer waits on it.
    private readonly object _gate = new();
    private readonly Queue<StorageWrite> _waiting = new();
    private long _bytes;
    private bool _closed;

    /// <exception cref="StorageUnavailableException">The queue is full.</exception>
    public void Add(StorageWrite write)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_closed, typeof(SqliteStore));
            if (_waiting.Count >= options.QueueItemsMax || _bytes + write.Bytes > options.QueueBytesMax)
            {
                throw new StorageUnavailableException(
                    $"The store is behind: {_waiting.Count} writes of {_bytes} bytes wait. Nothing was written.");
            }

            _waiting.Enqueue(write);
            _bytes += write.Bytes;
            if (_waiting.Count == 1)
            {
                Monitor.Pulse(_gate);
            }
        }
    }

    /// <summary>Waits for writes and takes as many as fit a batch. False when the queue is closed and empty.</summary>
    public bool TakeBatch(List<StorageWrite> batch)
    {
        lock (_gate)
        {
            while (_waiting.Count == 0)
            {
                if (_closed)
                {
                    return false;
                }

                Monitor.Wait(_gate);
            }

            var bytes = 0L;
            while (batch.Count < options.BatchItemsMax
                && _waiting.TryPeek(out var next)
                && (batch.Count == 0 || bytes + next.Bytes <= options.BatchBytesMax))
            {
                batch.Add(_waiting.Dequeue());
                bytes += next.Bytes;
            }

            _bytes -= bytes;
            return true;
        }
    }

    /// <summary>Takes no more; what waits is still handed out.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _closed = true;
            Monitor.PulseAll(_gate);
        }
    }
}
