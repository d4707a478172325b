using Smcp.Engine;
using Smcp.Mcp;
using Smcp.Sessions;

namespace Smcp.Tenants;

/// <summary>
/// A tenant; key: the tenant id. Its life and configuration, the durable index of its sessions, their cap, and the
/// sweep that ends expired ones.
/// </summary>
[Grain("tenant")]
public interface ITenantGrain
{
    /// <summary>
    /// From a gateway, before it knows who calls, and from other grains: what is in force; status
    /// <see cref="TenantStatus.None"/> where there is no such tenant.
    /// </summary>
    [Interleaves]
    ValueTask<TenantSnapshot> DescribeAsync(CancellationToken cancellationToken);

    /// <summary>
    /// From a session: takes a place for it under the tenant's cap; durable before it returns. Null when granted.
    /// </summary>
    [Interleaves]
    ValueTask<McpFault?> AdmitSessionAsync(SessionKey session, CancellationToken cancellationToken);

    /// <summary>From a session: gives the place back.</summary>
    [Interleaves]
    ValueTask ReleaseSessionAsync(SessionKey session, CancellationToken cancellationToken);
}
