using Smcp.Identity;
using Smcp.Security.Encryption;

namespace Smcp.Admin;

/// <summary>The keys of a store that is not encrypted: whatever is asked of them is done.</summary>
internal sealed class NotedKeyGrain : IKeyGrain
{
    public ValueTask<KeyStatus> StatusAsync(CallContext context, CancellationToken cancellationToken) =>
        new(new KeyStatus { Master = 1 });

    public ValueTask<TenantKeys> DescribeAsync(
        CallContext context, TenantId tenant, CancellationToken cancellationToken) => new(new TenantKeys());

    public ValueTask<int> RotateMasterAsync(CallContext context, CancellationToken cancellationToken) => new(2);

    public ValueTask<bool> RotateTenantAsync(
        CallContext context, TenantId tenant, CancellationToken cancellationToken) => new(true);

    public ValueTask<bool> DestroyTenantAsync(
        CallContext context, TenantId tenant, CancellationToken cancellationToken) => new(true);

    public ValueTask<bool> ProvisionTenantAsync(
        CallContext context, TenantId tenant, CancellationToken cancellationToken) => new(true);

    public ValueTask<IReadOnlyList<KeyDeletion>> DeletionsAsync(
        CallContext context, CancellationToken cancellationToken) => new(Array.Empty<KeyDeletion>());

    public ValueTask ReplayDeletionsAsync(
        CallContext context, IReadOnlyList<KeyDeletion> deletions, CancellationToken cancellationToken) => default;
}
