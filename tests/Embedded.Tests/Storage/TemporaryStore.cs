using Microsoft.Extensions.Logging.Abstractions;

namespace Smcp.Storage;

/// <summary>A store in a folder of its own, which goes with it.</summary>
internal sealed class TemporaryStore : IAsyncDisposable, IDisposable
{
    private readonly bool _ownsFolder;
    private readonly IWriterFailpoint? _failpoint;

    public TemporaryStore(
        string? folder = null, Action<SqliteStorageOptions>? configure = null, IWriterFailpoint? failpoint = null)
    {
        _ownsFolder = folder is null;
        _failpoint = failpoint;
        Folder = folder ?? Directory.CreateTempSubdirectory("smcp-storage-").FullName;
        Options = new SqliteStorageOptions { DataFolder = Folder };
        configure?.Invoke(Options);
        Store = Open();
    }

    public string Folder { get; }

    public string DatabasePath => Path.Combine(Folder, "smcp.db");

    public SqliteStorageOptions Options { get; }

    public SqliteStore Store { get; private set; }

    public IGrainStorage Grains => new SqliteGrainStorage(Store);

    public ILogStorage Logs => new SqliteLogStorage(Store);

    public IStorageInventory Inventory => new SqliteInventory(Store);

    public SqliteReminderStore Reminders => new(Store);

    public async Task ReopenAsync()
    {
        await Store.DisposeAsync();
        Store = Open();
    }

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        if (_ownsFolder)
        {
            Directory.Delete(Folder, recursive: true);
        }
    }

    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    private SqliteStore Open() => new(Options, NullLogger<SqliteStore>.Instance, _failpoint);
}
