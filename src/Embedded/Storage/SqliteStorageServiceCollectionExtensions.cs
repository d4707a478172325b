using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Smcp.Configuration;
using Smcp.Reminders;

namespace Smcp.Storage;

public static class SqliteStorageServiceCollectionExtensions
{
    /// <summary>
    /// Adds the embedded store: grain state, logs and reminders in one SQLite database. State and logs are for
    /// encryption to stand before them (<see cref="RawStorage.Key"/>). It opens when the host starts, and then throws a
    /// <see cref="StorageStartException"/> if it cannot be used.
    /// </summary>
    public static IServiceCollection AddSqliteStorage(
        this IServiceCollection services, Action<SqliteStorageOptions>? configure = null)
    {
        services.AddSection<SqliteStorageOptions>("Smcp:Storage").Configure(options => configure?.Invoke(options));
        services.AddSingleton(provider => new SqliteStore(
            provider.GetRequiredService<IOptions<SqliteStorageOptions>>().Value,
            provider.GetRequiredService<ILogger<SqliteStore>>(),
            provider.GetService<IWriterFailpoint>()));
        services.AddKeyedSingleton<IGrainStorage, SqliteGrainStorage>(RawStorage.Key);
        services.AddKeyedSingleton<ILogStorage, SqliteLogStorage>(RawStorage.Key);
        services.AddKeyedSingleton<IStorageInventory, SqliteInventory>(RawStorage.Key);
        services.AddSingleton<IReminderStore, SqliteReminderStore>();
        services.AddHostedService<SqliteStorageStart>();
        return services;
    }
}
