using Smcp.Identity;

namespace Smcp.Security.Encryption.Upkeep;

/// <summary>What may be asked of the keys; <see cref="IKeyGrain"/> says what each comes to.</summary>
internal interface IKeyAdministration
{
    ValueTask<KeyStatus> StatusAsync(CancellationToken cancellationToken);

    ValueTask<TenantKeys> DescribeAsync(TenantId tenant, CancellationToken cancellationToken);

    ValueTask<int> RotateMasterAsync(CancellationToken cancellationToken);

    ValueTask<bool> RotateTenantAsync(TenantId tenant, CancellationToken cancellationToken);

    ValueTask<bool> DestroyTenantKeysAsync(TenantId tenant, CancellationToken cancellationToken);

    ValueTask<bool> ProvisionTenantAsync(TenantId tenant, CancellationToken cancellationToken);

    ValueTask<IReadOnlyList<KeyDeletion>> DeletionsAsync(CancellationToken cancellationToken);

    ValueTask ReplayDeletionsAsync(IReadOnlyList<KeyDeletion> replayed, CancellationToken cancellationToken);

    /// <summary>Carries on what was begun, here or before a restart. False while something has to wait.</summary>
    ValueTask<bool> ContinueAsync(CancellationToken cancellationToken);
}
