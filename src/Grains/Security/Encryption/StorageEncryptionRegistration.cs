using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Smcp.Configuration;
using Smcp.Engine;
using Smcp.Security.Encryption.Backup;
using Smcp.Security.Encryption.Keys;
using Smcp.Security.Encryption.Masters;
using Smcp.Security.Encryption.Rows;
using Smcp.Security.Encryption.Upkeep;
using Smcp.Storage;
using Smcp.Tenants;

namespace Smcp.Security.Encryption;

/// <summary>Registers what stands between everybody and the store.</summary>
public static class StorageEncryptionRegistration
{
    /// <summary>
    /// Adds the storage ports that encrypt, over those that a store registered under <see cref="RawStorage.Key"/>.
    /// <paramref name="opensFirst"/>: the store is up before the host starts, so the keys are looked at before
    /// everything else.
    /// </summary>
    public static IServiceCollection AddStorageEncryption(this IServiceCollection services, bool opensFirst = true)
    {
        services.AddSection<EncryptionOptions>("Smcp:Encryption");
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IMasterKeys>(provider =>
            provider.GetRequiredService<IOptions<EncryptionOptions>>().Value is { MasterKeys: { Length: > 0 } text }
                ? new ConfiguredMasterKeys(text)
                : new FileMasterKeys(
                    provider.GetRequiredService<IOptions<EncryptionOptions>>().Value.MasterKeyFile));
        services.AddKeyWrapping();
        services.AddSingleton<DataKeyStore>();
        services.AddSingleton<KeyOpening>();
        services.AddSingleton<DataKeys>();
        services.AddSingleton<KeyWatch>();
        services.AddSingleton<IndexFlusher>();
        services.AddSingleton<RowCipher>();

        // One for each that uses it: a store may remember what its user read.
        services.AddTransient<EncryptedGrainStorage>();
        services.AddTransient<IGrainStorage>(provider => provider.GetRequiredService<EncryptedGrainStorage>());
        services.AddSingleton<ILogStorage, EncryptedLogStorage>();
        services.AddSingleton<IHostedService>(provider => new EncryptionStart(
            provider.GetRequiredService<KeyOpening>(),
            provider.GetRequiredService<KeyWatch>(),
            provider.GetRequiredService<IndexFlusher>(),
            provider.GetRequiredService<DeletionReplay>(),
            opensFirst));
        services.AddSingleton<KeyRings>();
        services.AddSingleton<LogRenewal>();
        services.AddSingleton<MasterRotation>();
        services.AddSingleton<TenantRotationClock>();
        services.AddSingleton<TenantRotation>();
        services.AddSingleton<DeletionFile>();
        services.AddSingleton<DeletionLog>();
        services.AddSingleton<DeletionReplay>();
        services.AddSingleton<TenantEnd>();
        services.AddSingleton<KeyDestruction>();
        services.AddSingleton<IKeyAdministration, KeyAdministration>();
        services.AddSingleton<RestoredTenant>();
        services.AddSingleton<IMaintenanceNotes, MaintenanceNotes>();
        services.AddSingleton<RestoredClients>();
        services.AddSingleton<BackupRows>();
        services.AddSingleton<BackupRing>();
        services.AddSingleton<BackupClients>();
        services.AddSingleton<BackupVersion>();
        services.AddSingleton<IBackupArchive, BackupArchive>();
        services.AddSingleton<IBackupAdmission, BackupAdmission>();
        services.AddSingleton<IStoreVerifier, StoreVerifier>();
        return services
            .AddGrain<IEncryptionGrain, EncryptionGrain>()
            .AddGrain<IKeyGrain, KeyGrain>();
    }
}
