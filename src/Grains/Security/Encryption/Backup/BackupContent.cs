using Smcp.Identity;
using Smcp.Storage;

namespace Smcp.Security.Encryption.Backup;

/// <summary>What a copy of a store holds.</summary>
public sealed record BackupContent
{
    /// <summary>The one tenant whose rows it holds; null for the whole store.</summary>
    public TenantId? Tenant { get; init; }

    /// <summary>The schema of the copy.</summary>
    public required int Schema { get; init; }

    /// <summary>The rings of data keys, as the store holds them: all, or just the tenant's.</summary>
    public required IReadOnlyList<ReadOnlyMemory<byte>> Rings { get; init; }

    /// <summary>
    /// Of one tenant: the newest record of <see cref="IBackupArchive.VersionsOf"/>, as the store holds it. Null where
    /// the tenant was never configured.
    /// </summary>
    public ReadOnlyMemory<byte>? Version { get; init; }

    /// <summary>
    /// Of one tenant: reads a state as the store holds it, for what is the tenant's and stands among the platform's
    /// rows.
    /// </summary>
    public Func<StateAddress, ReadOnlyMemory<byte>?>? Read { get; init; }

    /// <summary>Of one tenant: the ring at <see cref="IBackupArchive.PlatformRing"/>, which opens that.</summary>
    public ReadOnlyMemory<byte> PlatformRing { get; init; }
}
