using Microsoft.Extensions.Logging;
using Smcp.Storage.Sqlite;

namespace Smcp.Storage;

/// <summary>
/// Keeps the write-ahead log short, after callers are told and never before: SQLite's own checkpoint would run inside
/// the commit that crosses the mark, and its callers would wait for it. The writer's thread alone checkpoints.
/// </summary>
internal sealed partial class WalKeeper(SqliteDatabase database, SqliteStorageOptions options, ILogger logger)
{
    // As many pages at a time go back to the file system: about a millisecond's work.
    private const int VacuumPages = 256;

    private readonly long _pageBytes = database.QueryInt64("PRAGMA page_size");
    private long _pages;
    private long _nextCheckpoint = options.CheckpointPages;

    /// <summary>Checkpoints begun. For tests and figures.</summary>
    public long Checkpoints { get; private set; }

    /// <summary>To be called after each batch.</summary>
    public void Tend()
    {
        try
        {
            _pages += database.TakePagesWritten();
            if (_pages >= _nextCheckpoint)
            {
                Checkpoint();
            }
        }
        catch (SqliteFailureException failure)
        {
            // Nothing is lost: the log stays and grows until a later checkpoint does it.
            _nextCheckpoint = _pages + options.CheckpointPages;
            LogCheckpointFailed(failure.Reason, failure);
        }
    }

    /// <summary>Copies the whole log into the database and cuts its file, waiting for readers in the way.</summary>
    public void Empty()
    {
        Checkpoints++;
        var done = database.Checkpoint(truncate: true);
        if (!done.IsComplete)
        {
            throw new StorageUnavailableException("A program that reads the database keeps its write-ahead log.");
        }

        _ = database.TakePagesWritten();
        _pages = 0;
        _nextCheckpoint = options.CheckpointPages;
    }

    private void Checkpoint()
    {
        Checkpoints++;
        var isLong = _pages * _pageBytes > options.WalBytesMax;
        var done = database.Checkpoint(truncate: isLong);
        if (done.IsComplete)
        {
            _pages = 0;
            _nextCheckpoint = options.CheckpointPages;
            Vacuum();
            return;
        }

        // A reader holds an old snapshot: more has to come together before another attempt is worth its while.
        _pages = done.PagesLogged;
        _nextCheckpoint = _pages + options.CheckpointPages;
        if (isLong)
        {
            LogWalHeld(_pages * _pageBytes);
        }
    }

    private void Vacuum()
    {
        if (database.QueryInt64("PRAGMA freelist_count") > options.FreePagesMax)
        {
            database.Execute($"PRAGMA incremental_vacuum({VacuumPages})");
            _pages += database.TakePagesWritten();
        }
    }
}
