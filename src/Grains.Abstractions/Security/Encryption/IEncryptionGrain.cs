using Smcp.Engine;
using Smcp.Identity;

namespace Smcp.Security.Encryption;

/// <summary>
/// The administration of the keys that everything stored is encrypted with: it decides who may, and leaves the doing to
/// <see cref="IKeyGrain"/>.
/// </summary>
[Grain("encryption")]
public interface IEncryptionGrain
{
    /// <summary>The key of the one grain there is.</summary>
    const string Key = "platform";

    /// <summary>How all keys stand; for an operator.</summary>
    [Interleaves]
    ValueTask<EncryptionOutcome> StatusAsync(CallContext context, CancellationToken cancellationToken);

    /// <summary>How a tenant's keys stand; for its administrators.</summary>
    [Interleaves]
    ValueTask<EncryptionOutcome> DescribeAsync(
        CallContext context, TenantId tenant, CancellationToken cancellationToken);

    /// <summary>Adds a version of the master key; by an operator.</summary>
    ValueTask<EncryptionOutcome> RotateMasterAsync(CallContext context, CancellationToken cancellationToken);

    /// <summary>Gives a tenant a new data key; by its administrators.</summary>
    ValueTask<EncryptionOutcome> RotateTenantAsync(
        CallContext context, TenantId tenant, CancellationToken cancellationToken);
}
