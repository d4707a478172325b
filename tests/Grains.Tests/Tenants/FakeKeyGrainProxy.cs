using Smcp.Identity;
using Smcp.Security.Encryption;

namespace Smcp.Tenants;

/// <summary>The encryption's grain, which only notes what it is asked.</summary>
internal sealed class FakeKeyGrainProxy(FakeKeyGrain asked) : IKeyGrain
{
    public ValueTask<KeyStatus> StatusAsync(CallContext context, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public ValueTask<TenantKeys> DescribeAsync(
        CallContext context, TenantId tenant, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<int> RotateMasterAsync(CallContext context, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public ValueTask<bool> RotateTenantAsync(
        CallContext context, TenantId tenant, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<bool> DestroyTenantAsync(
        CallContext context, TenantId tenant, CancellationToken cancellationToken)
    {
        asked.Destroyed.Enqueue(tenant);
        return new(true);
    }

    public ValueTask<bool> ProvisionTenantAsync(
        CallContext context, TenantId tenant, CancellationToken cancellationToken)
    {
        asked.Provisioned.Enqueue(tenant);
        return new(true);
    }

    public ValueTask<IReadOnlyList<KeyDeletion>> DeletionsAsync(
        CallContext context, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask ReplayDeletionsAsync(
        CallContext context, IReadOnlyList<KeyDeletion> deletions, CancellationToken cancellationToken) =>
        throw new NotSupportedException();
}
