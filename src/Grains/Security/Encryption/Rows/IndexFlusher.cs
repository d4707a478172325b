using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Smcp.Security.Encryption.Rows;

/// <summary>Writes what the indexes of this node noted, all together and a little later than the rows.</summary>
internal sealed partial class IndexFlusher : IAsyncDisposable
{
    private readonly ConcurrentDictionary<RowIndex, bool> _dirty = new();
    private readonly TimeSpan _delay;
    private readonly ILogger _logger;
    private readonly ITimer _timer;
    private int _isArmed;
    private int _isFailing;
    private volatile bool _isStopped;

    public IndexFlusher(TimeProvider time, IOptions<EncryptionOptions> options, ILogger<IndexFlusher> logger)
    {
        _delay = options.Value.IndexDelay;
        _logger = logger;
        _timer = time.CreateTimer(
            _ => _ = FlushAsync(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Notes an entry, and sees to it that it is written.</summary>
    public void Note(RowIndex index, UInt128 row, IndexEntry entry)
    {
        if (index.Note(row, entry))
        {
            Arm(index);
        }
    }

    /// <summary>Writes what waits, now.</summary>
    public Task FlushAsync()
    {
        Volatile.Write(ref _isArmed, 0);
        return Task.WhenAll(_dirty.Keys.Where(index => _dirty.TryRemove(index, out _)).Select(FlushAsync));
    }

    public async ValueTask DisposeAsync()
    {
        _isStopped = true;
        await _timer.DisposeAsync();
        await FlushAsync();
    }

    private async Task FlushAsync(RowIndex index)
    {
        try
        {
            await index.FlushAsync(CancellationToken.None);
            Volatile.Write(ref _isFailing, 0);
        }
        catch (Exception exception)
        {
            // What was not written waits in the index.
            if (Interlocked.Exchange(ref _isFailing, 1) == 0)
            {
                LogFlushFailed(exception);
            }

            Arm(index);
        }
    }

    private void Arm(RowIndex index)
    {
        _dirty.TryAdd(index, true);
        if (!_isStopped && Interlocked.Exchange(ref _isArmed, 1) == 0)
        {
            _timer.Change(_delay, Timeout.InfiniteTimeSpan);
        }
    }
}
