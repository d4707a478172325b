using Smcp.Engine;
using Smcp.Mcp;
using Smcp.Sessions;
using Smcp.Tenants;

namespace Smcp.Security.Secrets;

/// <summary>Tenants as a test wants them: all are there but <c>nobody</c>.</summary>
internal sealed class AnyTenantGrain(IActivationContext activation, TenantQuotas quotas) : ITenantGrain
{
    public ValueTask<TenantSnapshot> DescribeAsync(CancellationToken cancellationToken) =>
        ValueTask.FromResult(new TenantSnapshot
        {
            Status = activation.Key == "nobody" ? TenantStatus.None : TenantStatus.Active,
            Version = 1,
            Configuration = new TenantConfiguration { Quotas = quotas },
        });

    public ValueTask<McpFault?> AdmitSessionAsync(SessionKey session, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public ValueTask ReleaseSessionAsync(SessionKey session, CancellationToken cancellationToken) =>
        throw new NotSupportedException();
}
