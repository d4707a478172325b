using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Smcp.Security.Encryption.Keys;
using Smcp.Security.Encryption.Masters;
using Smcp.Security.Encryption.Rows;
using Smcp.Storage;

namespace Smcp.Security.Encryption;

/// <summary>
/// Encryption as one node has it, over a store that outlives it; several of these over one store are several nodes, or
/// one after the other.
/// </summary>
internal sealed class EncryptedStore : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    public EncryptedStore(
        IGrainStorage states,
        ILogStorage logs,
        IStorageInventory inventory,
        IMasterKeys? masters = null,
        Action<IServiceCollection>? configure = null)
    {
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.None));
        services.AddSingleton(masters ?? new MemoryMasterKeys());
        services.AddKeyedSingleton(RawStorage.Key, states);
        services.AddKeyedSingleton(RawStorage.Key, logs);
        services.AddKeyedSingleton(RawStorage.Key, inventory);
        services.Configure<EncryptionOptions>(options => options.MasterKeyFile = "none");
        configure?.Invoke(services);
        services.AddStorageEncryption();
        _services = services.BuildServiceProvider();
        States = Get<IGrainStorage>();
        Logs = Get<ILogStorage>();
    }

    public IGrainStorage States { get; }

    public ILogStorage Logs { get; }

    public DataKeys Keys => Get<DataKeys>();

    public EncryptionOptions Options => Get<IOptions<EncryptionOptions>>().Value;

    public static EncryptedStore InMemory(
        MemoryStores stores, IMasterKeys? masters = null, Action<IServiceCollection>? configure = null) =>
        new(stores.States, stores.Logs, stores.Inventory, masters ?? stores.Masters, configure);

    public T Get<T>()
        where T : notnull =>
        _services.GetRequiredService<T>();

    /// <summary>Writes what the indexes hold back.</summary>
    public Task FlushAsync() => Get<IndexFlusher>().FlushAsync();

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
