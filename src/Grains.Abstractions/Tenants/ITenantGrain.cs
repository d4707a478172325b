using Smcp.Engine;
using Smcp.Mcp;
using Smcp.Sessions;

namespace Smcp.Tenants;

/// <summary>
/// A tenant; key: the tenant id. For now: the durable index of its sessions, their cap, and the sweep that ends expired
/// ones.
/// </summary>
[Grain("tenant")]
public interface ITenantGrain
{
    /// <summary>
    /// From a session: takes a place for it under the tenant's cap; durable before it returns. Null when granted.
    /// </summary>
    [Interleaves]
    ValueTask<McpFault?> AdmitSessionAsync(SessionKey session, CancellationToken cancellationToken);

    /// <summary>From a session: gives the place back.</summary>
    [Interleaves]
    ValueTask ReleaseSessionAsync(SessionKey session, CancellationToken cancellationToken);
}
