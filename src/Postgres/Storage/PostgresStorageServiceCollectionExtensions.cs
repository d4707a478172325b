using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Smcp.Configuration;
using Smcp.Engine;

namespace Smcp.Storage;

public static class PostgresStorageServiceCollectionExtensions
{
    /// <summary>
    /// Adds the store of a cluster: grain state and logs in one PostgreSQL database, for encryption to stand before
    /// them (<see cref="RawStorage.Key"/>), and the nodes' own rows (<see cref="RawStorage.Nodes"/>). It opens when
    /// the host starts, and then throws a <see cref="StorageStartException"/> if it cannot be used.
    /// </summary>
    public static IServiceCollection AddPostgresStorage(
        this IServiceCollection services, Action<PostgresOptions>? configure = null)
    {
        services.AddPostgresNodes(configure);
        services.AddKeyedSingleton<IGrainStorage>(RawStorage.Key, (provider, _) =>
            new PostgresGrainStorage(provider.GetRequiredService<PostgresStore>(), PostgresGrainStorage.Grains));
        services.AddKeyedSingleton<ILogStorage, PostgresLogStorage>(RawStorage.Key);
        services.AddKeyedSingleton<IStorageInventory, PostgresInventory>(RawStorage.Key);
        services.AddSingleton<IStorageImport, PostgresImport>();
        return services;
    }

    /// <summary>Adds bells by NOTIFY, over the database of the other two.</summary>
    public static IServiceCollection AddPostgresBells(this IServiceCollection services) =>
        services.AddSingleton<IStreamHub, PostgresStreamHub>();

    /// <summary>Adds the nodes' own rows alone: what a gateway needs to find its silos.</summary>
    public static IServiceCollection AddPostgresNodes(
        this IServiceCollection services, Action<PostgresOptions>? configure = null)
    {
        services.AddSection<PostgresOptions>(PostgresOptions.Section)
            .Configure(options => configure?.Invoke(options));
        services.AddSingleton<PostgresStore>();
        services.AddKeyedSingleton<IGrainStorage>(RawStorage.Nodes, (provider, _) =>
            new PostgresGrainStorage(provider.GetRequiredService<PostgresStore>(), PostgresGrainStorage.Nodes));
        services.TryAddSingleton(TimeProvider.System);
        services.AddHostedService<PostgresStart>();
        return services;
    }
}
