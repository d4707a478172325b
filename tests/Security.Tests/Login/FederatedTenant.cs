using Smcp.Mcp;
using Smcp.Sessions;
using Smcp.Tenants;

namespace Smcp.Login;

/// <summary>A tenant that is configured as a test says.</summary>
internal sealed class FederatedTenant(Func<TenantConfiguration> configuration) : ITenantGrain
{
    public ValueTask<TenantSnapshot> DescribeAsync(CancellationToken cancellationToken) =>
        ValueTask.FromResult(new TenantSnapshot
        {
            Status = TenantStatus.Active,
            Version = 1,
            Configuration = configuration(),
        });

    public ValueTask<McpFault?> AdmitSessionAsync(SessionKey session, CancellationToken cancellationToken) =>
        ValueTask.FromResult<McpFault?>(null);

    public ValueTask ReleaseSessionAsync(SessionKey session, CancellationToken cancellationToken) =>
        ValueTask.CompletedTask;
}
