using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Smcp.Configuration;

namespace Smcp.Storage;

public static class BlobStorageServiceCollectionExtensions
{
    /// <summary>
    /// Adds the store of a cluster: grain state and logs in one container of Azure blobs, for encryption to stand
    /// before them (<see cref="RawStorage.Key"/>), and the nodes' own rows (<see cref="RawStorage.Nodes"/>). It opens
    /// when the host starts, and then throws a <see cref="StorageStartException"/> if it cannot be used.
    /// </summary>
    public static IServiceCollection AddBlobStorage(
        this IServiceCollection services, Action<BlobOptions>? configure = null)
    {
        services.AddBlobNodes(configure);

        // One for each that uses it: it remembers what its user read.
        services.AddKeyedTransient<IGrainStorage>(RawStorage.Key, (provider, _) =>
            new BlobGrainStorage(provider.GetRequiredService<BlobStore>(), BlobNames.States));
        services.AddSingleton<BlobLogStorage>();
        services.AddKeyedSingleton<ILogStorage>(
            RawStorage.Key, (provider, _) => provider.GetRequiredService<BlobLogStorage>());
        services.AddKeyedSingleton<IStorageInventory, BlobInventory>(RawStorage.Key);
        services.AddSingleton<IStorageImport, BlobImport>();
        return services;
    }

    /// <summary>Adds the nodes' own rows alone: what a gateway needs to find its silos.</summary>
    public static IServiceCollection AddBlobNodes(
        this IServiceCollection services, Action<BlobOptions>? configure = null)
    {
        services.AddSection<BlobOptions>(BlobOptions.Section).Configure(options => configure?.Invoke(options));
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<BlobStore>();
        services.AddKeyedTransient<IGrainStorage>(RawStorage.Nodes, (provider, _) =>
            new BlobGrainStorage(provider.GetRequiredService<BlobStore>(), BlobNames.Nodes));
        services.AddHostedService<BlobStart>();
        return services;
    }
}
