using Microsoft.Extensions.Logging;

namespace Smcp.Storage;

/// <summary>
/// The embedded store: one SQLite database in the data folder, in WAL mode with <c>synchronous=FULL</c>, so that a
/// commit is durable when it returns. One thread writes, several connections read.
/// </summary>
internal sealed class SqliteStore : IAsyncDisposable
{
    private readonly DataFolder _folder;
    private readonly SqliteWriter _writer;
    private readonly SqliteReaders _readers;
    private int _disposed;

    public SqliteStore(SqliteStorageOptions options, ILogger<SqliteStore> logger, IWriterFailpoint? failpoint = null)
    {
        Options = options;
        _folder = DataFolder.Open(options.DataFolder, logger);
        try
        {
            var opening = new SqliteOpening(_folder.DatabasePath, options, logger, failpoint?.Syncs ?? true);
            _writer = new SqliteWriter(opening.OpenWriter(), options, logger, failpoint);
            _readers = new SqliteReaders(opening.OpenReader, options.ReadersMax, logger);
        }
        catch
        {
            _folder.Dispose();
            throw;
        }
    }

    public SqliteStorageOptions Options { get; }

    /// <summary>For tests and figures.</summary>
    public SqliteWriter Writer => _writer;

    public Task<long> WriteAsync(StorageWrite write)
    {
        if (write.Bytes > Options.WriteBytesMax)
        {
            throw new ArgumentException(
                $"A write of {write.Bytes} bytes is over the limit of {Options.WriteBytesMax} bytes.");
        }

        return _writer.WriteAsync(write);
    }

    public ValueTask<TResult> ReadAsync<TRequest, TResult>(
        TRequest request, Func<SqliteReader, TRequest, TResult> read, CancellationToken cancellationToken) =>
        _readers.ReadAsync(request, read, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        // The readers first: the last connection to close copies the write-ahead log back and removes it.
        await _readers.DisposeAsync();
        await _writer.DisposeAsync();
        _folder.Dispose();
    }
}
