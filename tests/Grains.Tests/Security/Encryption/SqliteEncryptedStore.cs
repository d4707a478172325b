using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Smcp.Security.Encryption.Masters;
using Smcp.Storage;

namespace Smcp.Security.Encryption;

/// <summary>Encryption over SQLite, in a folder that goes with it.</summary>
internal sealed class SqliteEncryptedStore : IAsyncDisposable, IDisposable
{
    private readonly MemoryMasterKeys _masters = new();
    private readonly Action<IServiceCollection>? _configure;

    public SqliteEncryptedStore(Action<IServiceCollection>? configure = null)
    {
        _configure = configure;
        Open();
    }

    public string Folder { get; } = Directory.CreateTempSubdirectory("smcp-encrypted-").FullName;

    public SqliteStore Store { get; private set; } = null!;

    public EncryptedStore Node { get; private set; } = null!;

    /// <summary>Ends the process, so to speak, and begins another; in between something may be done.</summary>
    public async Task ReopenAsync(Action? between = null)
    {
        await CloseAsync();
        between?.Invoke();
        Open();
    }

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        Directory.Delete(Folder, recursive: true);
    }

    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    private async Task CloseAsync()
    {
        await Node.DisposeAsync();
        await Store.DisposeAsync();
    }

    private void Open()
    {
        Store = new SqliteStore(
            new SqliteStorageOptions { DataFolder = Folder }, NullLogger<SqliteStore>.Instance);
        Node = new EncryptedStore(
            new SqliteGrainStorage(Store),
            new SqliteLogStorage(Store),
            new SqliteInventory(Store),
            _masters,
            _configure);
    }
}
