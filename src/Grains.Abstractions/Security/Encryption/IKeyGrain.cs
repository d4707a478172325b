using Smcp.Engine;
using Smcp.Identity;

namespace Smcp.Security.Encryption;

/// <summary>
/// The keys that everything stored is encrypted with; key: <see cref="Key"/>. What it begins it also ends, over
/// restarts. Whoever calls it has decided already who may, and answered a refusal: here a caller without the permission
/// is an exception.
/// </summary>
[Grain("keys")]
public interface IKeyGrain
{
    /// <summary>The key of the one grain there is.</summary>
    const string Key = "platform";

    [Interleaves]
    ValueTask<KeyStatus> StatusAsync(CallContext context, CancellationToken cancellationToken);

    [Interleaves]
    ValueTask<TenantKeys> DescribeAsync(CallContext context, TenantId tenant, CancellationToken cancellationToken);

    /// <summary>
    /// Adds a version of the master key, which every data key is then wrapped with. Goes on where an earlier one was
    /// interrupted. The version.
    /// </summary>
    ValueTask<int> RotateMasterAsync(CallContext context, CancellationToken cancellationToken);

    /// <summary>
    /// Gives a tenant a new data key, which writes when this returns; its rows and logs are then encrypted anew, and
    /// the old key destroyed. False where the tenant's keys were destroyed.
    /// </summary>
    ValueTask<bool> RotateTenantAsync(CallContext context, TenantId tenant, CancellationToken cancellationToken);

    /// <summary>
    /// Destroys a tenant's data keys: when this returns, nothing it stored can be decrypted any more, and nothing new
    /// is stored for it. Its rows are removed afterwards. False for the platform, which has to stay.
    /// </summary>
    ValueTask<bool> DestroyTenantAsync(CallContext context, TenantId tenant, CancellationToken cancellationToken);

    /// <summary>
    /// Gives new keys, of a new generation, to a tenant whose keys were destroyed. False where they were not.
    /// </summary>
    ValueTask<bool> ProvisionTenantAsync(CallContext context, TenantId tenant, CancellationToken cancellationToken);

    /// <summary>Every destruction there was, the oldest first: to be kept beside backups.</summary>
    [Interleaves]
    ValueTask<IReadOnlyList<KeyDeletion>> DeletionsAsync(CallContext context, CancellationToken cancellationToken);

    /// <summary>After a restore: destroys again what was destroyed since the backup was made.</summary>
    ValueTask ReplayDeletionsAsync(
        CallContext context, IReadOnlyList<KeyDeletion> deletions, CancellationToken cancellationToken);
}
