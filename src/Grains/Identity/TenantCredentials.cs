using Smcp.Engine;
using Smcp.Mcp;
using Smcp.Security.Access;
using Smcp.Tenants;

namespace Smcp.Identity;

/// <summary>
/// What holds for a tenant's API keys as for its clients: who may see and change them, and who may have one say a new
/// secret.
/// </summary>
internal sealed class TenantCredentials(IActivationContext activation, Authorizer authorizer, string area)
{
    private static readonly TimeSpan GraceMax = TimeSpan.FromDays(90);

    public TenantId Tenant { get; } = TenantId.Parse(activation.Key);

    public McpFault? RefusalOf(CallContext context, bool writes) =>
        authorizer.Administer(context, Tenant, writes, area);

    public ValueTask<TenantSnapshot> DescribeTenantAsync(CancellationToken cancellationToken) =>
        activation.Grains.Locate<ITenantGrain>(activation.Key).DescribeAsync(cancellationToken);

    /// <summary>
    /// Why a caller who may write may not end a credential with these roles; null when it may. An administrator who may
    /// do less could otherwise lock out the operators.
    /// </summary>
    public async ValueTask<McpFault?> RefusalOverAsync(
        CallContext context, IReadOnlyList<string> roles, CancellationToken cancellationToken) =>
        RoleResolver.RefusalOver(
            context, Tenant, (await DescribeTenantAsync(cancellationToken)).Configuration, roles);

    /// <summary>
    /// Why a caller who may write may not have a credential with these roles say a new secret; null when it may.
    /// </summary>
    public async ValueTask<McpFault?> RefusalOfRotationAsync(
        CallContext context, IReadOnlyList<string> roles, TimeSpan? grace, CancellationToken cancellationToken) =>
        await RefusalOverAsync(context, roles, cancellationToken)
        ?? (grace is { } asked && (asked < TimeSpan.Zero || asked > GraceMax)
            ? new McpFault(FaultReason.InvalidParams, $"The grace of a rotation is at most {GraceMax.Days} days.")
            : null);
}
