using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Smcp.Storage.Sqlite;

namespace Smcp.Storage;

/// <summary>
/// The connections that read, each lent to one caller at a time. A read runs on the caller's thread: it is mostly
/// served from memory, in microseconds.
/// </summary>
internal sealed partial class SqliteReaders(Func<SqliteDatabase> open, int readersMax, ILogger logger)
    : IAsyncDisposable
{
    private readonly ConcurrentStack<SqliteReader> _idle = new();
    private readonly SemaphoreSlim _free = new(readersMax);
    private volatile bool _closed;

    public async ValueTask<TResult> ReadAsync<TRequest, TResult>(
        TRequest request, Func<SqliteReader, TRequest, TResult> read, CancellationToken cancellationToken)
    {
        await _free.WaitAsync(cancellationToken);
        try
        {
            ObjectDisposedException.ThrowIf(_closed, typeof(SqliteStore));
            return Read(request, read);
        }
        finally
        {
            _free.Release();
        }
    }

    /// <summary>Waits for the reads that run, and closes every connection.</summary>
    public async ValueTask DisposeAsync()
    {
        _closed = true;
        for (var i = 0; i < readersMax; i++)
        {
            await _free.WaitAsync();
        }

        _free.Release(readersMax);
        while (_idle.TryPop(out var reader))
        {
            reader.Dispose();
        }
    }

    private TResult Read<TRequest, TResult>(TRequest request, Func<SqliteReader, TRequest, TResult> read)
    {
        SqliteReader? reader = null;
        try
        {
            if (!_idle.TryPop(out reader))
            {
                reader = new SqliteReader(open());
            }

            var result = read(reader, request);
            _idle.Push(reader);
            return result;
        }
        catch (SqliteFailureException failure)
        {
            // A new connection is made for the next read: what ailed this one may be over by then.
            reader?.Dispose();
            LogReadFailed(failure.Reason, failure);
            throw new StorageUnavailableException($"The read failed: {failure.Reason}.", failure);
        }
        catch (DamagedRowException damage)
        {
            reader?.Dispose();
            LogRecordDamaged(damage.Message);
            throw new StorageUnavailableException("The read failed: the database is damaged.", damage);
        }
    }
}
