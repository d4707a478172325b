using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Smcp.Storage;

/// <summary>
/// The database and its connections. It is opened, and its tables brought up to date, by whoever uses it first.
/// </summary>
internal sealed partial class PostgresStore : IAsyncDisposable
{
    private readonly ILogger<PostgresStore> _logger;
    private readonly SemaphoreSlim _gate = new(1);
    private volatile bool _isOpen;
    private int _failing;

    public PostgresStore(IOptions<PostgresOptions> options, ILogger<PostgresStore> logger)
    {
        (Options, _logger) = (options.Value, logger);
        var connection = new NpgsqlConnectionStringBuilder(Options.ConnectionString)
        {
            ApplicationName = "smcp",
            MaxPoolSize = Options.ConnectionsMax,
            Timeout = (int)Options.ConnectTimeout.TotalSeconds,
            CommandTimeout = (int)Options.CommandTimeout.TotalSeconds,
        };
        Source = NpgsqlDataSource.Create(connection);
        connection.Pooling = false;
        ListenerText = connection.ConnectionString;
    }

    public PostgresOptions Options { get; }

    public NpgsqlDataSource Source { get; }

    /// <summary>The connection string of what must not share the pool.</summary>
    public string ListenerText { get; }

    /// <exception cref="StorageStartException">The database cannot be used: a sentence for the operator.</exception>
    public async ValueTask OpenAsync(CancellationToken cancellationToken)
    {
        if (_isOpen)
        {
            return;
        }

        await _gate.WaitAsync(cancellationToken);
        try
        {
            if (!_isOpen)
            {
                await MigrateAsync(cancellationToken);
                _isOpen = true;
            }
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Reads. A connection that broke while it lay in the pool costs a second try.</summary>
    /// <exception cref="StorageUnavailableException">The database cannot be reached, or refuses.</exception>
    public async ValueTask<TResult> ReadAsync<TResult>(
        Func<NpgsqlConnection, CancellationToken, Task<TResult>> read, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            return await UseAsync(read, cancellationToken);
        }
        catch (NpgsqlException failure) when (failure.IsTransient)
        {
            return await ReachAsync(read, cancellationToken);
        }
        catch (NpgsqlException failure)
        {
            throw Unavailable(failure);
        }
    }

    /// <summary>Writes. Once it has begun its outcome is awaited, as only the database knows it.</summary>
    /// <exception cref="StorageUnavailableException">
    /// The database cannot be reached, or refuses; after a lost connection the outcome is unknown.
    /// </exception>
    public async ValueTask<TResult> WriteAsync<TResult>(
        Func<NpgsqlConnection, CancellationToken, Task<TResult>> write, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return await ReachAsync(write, CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await Source.DisposeAsync();
        _gate.Dispose();
    }

    private async ValueTask<TResult> ReachAsync<TResult>(
        Func<NpgsqlConnection, CancellationToken, Task<TResult>> work, CancellationToken cancellationToken)
    {
        try
        {
            return await UseAsync(work, cancellationToken);
        }
        catch (NpgsqlException failure)
        {
            throw Unavailable(failure);
        }
    }

    private async Task<TResult> UseAsync<TResult>(
        Func<NpgsqlConnection, CancellationToken, Task<TResult>> work, CancellationToken cancellationToken)
    {
        if (!_isOpen)
        {
            await OpenAsync(cancellationToken);
        }

        await using var connection = await Source.OpenConnectionAsync(cancellationToken);
        var result = await work(connection, cancellationToken);
        if (Volatile.Read(ref _failing) != 0 && Interlocked.Exchange(ref _failing, 0) != 0)
        {
            LogRecovered();
        }

        return result;
    }

    private StorageUnavailableException Unavailable(NpgsqlException failure)
    {
        if (Interlocked.Exchange(ref _failing, 1) == 0)
        {
            LogFailing(failure.Message, failure);
        }

        return new StorageUnavailableException($"The database cannot be used: {failure.Message}", failure);
    }

    private async ValueTask MigrateAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = await Source.OpenConnectionAsync(cancellationToken);
            var found = await PostgresSchema.OpenAsync(connection, cancellationToken);
            LogOpened(connection.Host!, connection.Database, PostgresSchema.Version, connection.PostgreSqlVersion);
            if (found != PostgresSchema.Version)
            {
                LogMigrated(found, PostgresSchema.Version);
            }
        }
        catch (NpgsqlException failure)
        {
            throw new StorageStartException(
                StorageStartFailure.Failing,
                $"The PostgreSQL database of {PostgresOptions.Section}:ConnectionString cannot be used: "
                    + $"{failure.Message.TrimEnd('.')}.",
                failure);
        }
    }
}
