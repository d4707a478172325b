using Microsoft.Extensions.Logging;
using Smcp.Storage.Sqlite;

namespace Smcp.Storage;

/// <summary>
/// The one thread that writes. It takes every write that waits, applies them in one transaction and commits it with
/// one fsync; what arrives meanwhile waits for the next. So the fsync is shared by as many as are waiting, and a lone
/// write waits for nobody.
/// </summary>
internal sealed partial class SqliteWriter : IAsyncDisposable
{
    private readonly SqliteDatabase _database;
    private readonly WriterStatements _statements;
    private readonly WriteQueue _queue;
    private readonly WalKeeper _wal;
    private readonly IWriterFailpoint? _failpoint;
    private readonly ILogger _logger;
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _failing;
    private long _transactions;
    private long _writes;

    public SqliteWriter(
        SqliteDatabase database, SqliteStorageOptions options, ILogger logger, IWriterFailpoint? failpoint)
    {
        _database = database;
        _statements = new WriterStatements(database);
        _queue = new WriteQueue(options);
        _wal = new WalKeeper(database, options, logger);
        _failpoint = failpoint;
        _logger = logger;
        new Thread(Run) { Name = "smcp-storage", IsBackground = true }.Start();
    }

    /// <summary>Transactions committed. Far fewer than <see cref="Writes"/> under load.</summary>
    public long Transactions => Volatile.Read(ref _transactions);

    /// <summary>Writes acknowledged, conflicts included.</summary>
    public long Writes => Volatile.Read(ref _writes);

    public long Checkpoints => _wal.Checkpoints;

    /// <summary>Hands a write to the thread; completes when it is durable.</summary>
    public Task<long> WriteAsync(StorageWrite write)
    {
        try
        {
            _queue.Add(write);
        }
        catch (StorageUnavailableException exception)
        {
            write.Fail(exception);
        }

        return write.Completion;
    }

    /// <summary>Takes no more writes, finishes those that wait, and closes the connection.</summary>
    public async ValueTask DisposeAsync()
    {
        _queue.Close();
        await _stopped.Task;
    }

    private void Run()
    {
        var batch = new List<StorageWrite>();
        while (_queue.TakeBatch(batch))
        {
            batch.RemoveAll(write => write.TryCancel());
            Write(batch);
            batch.Clear();
            _wal.Tend();
        }

        _database.Dispose();
        _stopped.SetResult();
    }

    /// <summary>Commits a batch, without the writes that prove impossible, and tells every caller.</summary>
    private void Write(List<StorageWrite> batch)
    {
        while (batch.Count > 0)
        {
            StorageWrite? current = null;
            try
            {
                _failpoint?.Reach(WriterPoint.Taken, batch);
                _statements.Begin.Run();
                foreach (var write in batch)
                {
                    current = write;
                    write.Apply(_statements);
                }

                current = null;
                _failpoint?.Reach(WriterPoint.Applied, batch);
                _statements.Commit.Run();
                Acknowledge(batch);
                return;
            }
            catch (SqliteFailureException failure) when (current is null || !failure.BlamesWrite)
            {
                Rollback();
                Refuse(batch, failure);
                return;
            }
            catch (Exception exception) when (current is not null)
            {
                // Only this write is at fault (a bug, or too big for SQLite): the others start over without it.
                Rollback();
                batch.Remove(current);
                LogWriteFailed(current.GetType().Name, exception);
                current.Fail(exception);
            }
        }
    }

    private void Acknowledge(List<StorageWrite> batch)
    {
        Volatile.Write(ref _transactions, _transactions + 1);
        Volatile.Write(ref _writes, _writes + batch.Count);
        _failpoint?.Reach(WriterPoint.Committed, batch);
        EmptyLog(batch);
        foreach (var write in batch)
        {
            write.Acknowledge();
        }

        _failpoint?.Reach(WriterPoint.Acknowledged, batch);
        if (_failing)
        {
            _failing = false;
            LogWritesRecovered();
        }
    }

    private void EmptyLog(List<StorageWrite> batch)
    {
        if (!batch.Exists(write => write.EmptiesLog))
        {
            return;
        }

        try
        {
            _wal.Empty();
        }
        catch (Exception exception)
        {
            // Only who asked for it is told; what the others wrote is committed.
            foreach (var write in batch.Where(write => write.EmptiesLog))
            {
                write.Fail(exception);
            }
        }
    }

    private void Refuse(List<StorageWrite> batch, SqliteFailureException failure)
    {
        if (!_failing)
        {
            _failing = true;
            LogWritesFailing(failure.Reason, failure);
        }

        foreach (var write in batch)
        {
            write.Fail(new StorageUnavailableException(
                $"The write was not stored: {failure.Reason}.", failure));
        }
    }

    private void Rollback()
    {
        // Some errors roll back by themselves.
        if (_database.IsInTransaction)
        {
            _statements.Rollback.Run();
        }
    }
}
