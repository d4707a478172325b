using Smcp.Engine;
using Smcp.Identity;
using Smcp.Mcp;
using Smcp.Sessions;

namespace Smcp.Tenants;

/// <summary>
/// A tenant; key: the tenant id. Its life and configuration, the durable index of its sessions, their cap, and the
/// sweep that ends expired ones. Each change of life or configuration makes a version, and every version is kept.
/// Where a change takes an expected version, another one in force is a conflict; null expects nothing.
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

    /// <summary>The version in force, for an administrator of this tenant or an operator.</summary>
    [Interleaves]
    ValueTask<TenantOutcome> ReadAsync(CallContext context, CancellationToken cancellationToken);

    /// <summary>The roles of the version in force, for who may read roles.</summary>
    [Interleaves]
    ValueTask<TenantOutcome> ReadRolesAsync(CallContext context, CancellationToken cancellationToken);

    /// <summary>The versions before a number (0: from the newest), the newest first.</summary>
    ValueTask<TenantVersionPage> ListVersionsAsync(
        CallContext context, long before, int countMax, CancellationToken cancellationToken);

    /// <summary>Begins the tenant's life; by an operator. An id that was deleted begins a new generation.</summary>
    ValueTask<TenantOutcome> ProvisionAsync(
        CallContext context, TenantConfiguration configuration, CancellationToken cancellationToken);

    /// <summary>Puts a whole configuration in the place of the one in force. Tier and quotas: by an operator.</summary>
    ValueTask<TenantOutcome> ConfigureAsync(
        CallContext context, TenantConfiguration configuration, long? expected, CancellationToken cancellationToken);

    /// <summary>Puts the configuration of an earlier version in force, as a new version.</summary>
    ValueTask<TenantOutcome> RestoreAsync(
        CallContext context, long version, long? expected, CancellationToken cancellationToken);

    /// <summary>Adds a role, or puts it in the place of the one of its name.</summary>
    ValueTask<TenantOutcome> PutRoleAsync(
        CallContext context, RoleDefinition role, long? expected, CancellationToken cancellationToken);

    /// <summary>Removes a role; who still has its name has nothing by it.</summary>
    ValueTask<TenantOutcome> DeleteRoleAsync(
        CallContext context, string role, long? expected, CancellationToken cancellationToken);

    /// <summary>Serves nobody of the tenant until it is resumed; by an operator. Streams end within seconds.</summary>
    ValueTask<TenantOutcome> SuspendAsync(CallContext context, CancellationToken cancellationToken);

    /// <summary>Ends a suspension; by an operator.</summary>
    ValueTask<TenantOutcome> ResumeAsync(CallContext context, CancellationToken cancellationToken);

    /// <summary>
    /// Ends the tenant, for good: what it stored cannot be read any more when this returns. By an operator. Asked
    /// again, it does what was left undone.
    /// </summary>
    ValueTask<TenantOutcome> DeleteAsync(CallContext context, long? expected, CancellationToken cancellationToken);
}
