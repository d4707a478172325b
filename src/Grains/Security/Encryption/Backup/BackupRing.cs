using Smcp.Security.Encryption.Keys;
using Smcp.Security.Encryption.Masters;

namespace Smcp.Security.Encryption.Backup;

/// <summary>
/// Carries a tenant's data keys between the master key and the key of a backup. Each stays bound to its owner and id,
/// so no backup gives a tenant's keys to another.
/// </summary>
internal sealed class BackupRing(IKeyWrapping wrapping)
{
    private const string Purpose = "smcp backup ring 1";

    public async ValueTask<DataKeyRing> ForBackupAsync(
        KeyOwner owner, DataKeyRing ring, byte[] backupKey, CancellationToken cancellationToken)
    {
        var under = BackupKey.Derive(backupKey, Purpose);
        var keys = new List<WrappedDataKey>();
        foreach (var held in ring.Keys)
        {
            var context = DataKeyAddress.Context(owner, held.Id);
            var key = await wrapping.UnwrapAsync(new WrappedKey(held.Master, held.Wrapped), context, cancellationToken)
                ?? throw new BackupException(
                    $"Data key {held.Id} of {owner} cannot be unwrapped by the master keys at hand.");
            keys.Add(held with { Master = 0, Wrapped = BackupKey.Seal(under, key, context) });
        }

        return ring with { Keys = keys };
    }

    public async ValueTask<DataKeyRing> ForStoreAsync(
        KeyOwner owner, DataKeyRing ring, byte[] backupKey, CancellationToken cancellationToken)
    {
        var under = BackupKey.Derive(backupKey, Purpose);
        var keys = new List<WrappedDataKey>();
        foreach (var held in ring.Keys)
        {
            var context = DataKeyAddress.Context(owner, held.Id);
            var key = BackupKey.Open(under, held.Wrapped.Span, context)
                ?? throw new BackupException($"The backup's keys are not those of {owner}, or were changed.");
            var wrapped = await wrapping.WrapAsync(key, context, cancellationToken);
            keys.Add(held with { Master = wrapped.Version, Wrapped = wrapped.Text });
        }

        return ring with { Keys = keys };
    }
}
