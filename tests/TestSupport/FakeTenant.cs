using Smcp.Identity;
using Smcp.Mcp;
using Smcp.Sessions;
using Smcp.Tenants;

namespace Smcp.TestSupport;

/// <summary>A tenant that is as a test says. It admits every session; nobody administers it.</summary>
internal sealed class FakeTenant(Func<TenantSnapshot> describe) : ITenantGrain
{
    public ValueTask<TenantSnapshot> DescribeAsync(CancellationToken cancellationToken) =>
        ValueTask.FromResult(describe());

    public ValueTask<McpFault?> AdmitSessionAsync(SessionKey session, CancellationToken cancellationToken) =>
        ValueTask.FromResult<McpFault?>(null);

    public ValueTask ReleaseSessionAsync(SessionKey session, CancellationToken cancellationToken) =>
        ValueTask.CompletedTask;

    public ValueTask<TenantOutcome> ReadAsync(CallContext context, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public ValueTask<TenantOutcome> ReadRolesAsync(CallContext context, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public ValueTask<TenantOutcome> ProvisionAsync(
        CallContext context, TenantConfiguration configuration, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public ValueTask<TenantOutcome> ConfigureAsync(
        CallContext context, TenantConfiguration configuration, long? expected, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public ValueTask<TenantOutcome> RestoreAsync(
        CallContext context, long version, long? expected, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public ValueTask<TenantOutcome> PutRoleAsync(
        CallContext context, RoleDefinition role, long? expected, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public ValueTask<TenantOutcome> DeleteRoleAsync(
        CallContext context, string role, long? expected, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public ValueTask<TenantOutcome> SuspendAsync(CallContext context, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public ValueTask<TenantOutcome> ResumeAsync(CallContext context, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public ValueTask<TenantOutcome> DeleteAsync(
        CallContext context, long? expected, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public ValueTask<TenantVersionPage> ListVersionsAsync(
        CallContext context, long before, int countMax, CancellationToken cancellationToken) =>
        throw new NotSupportedException();
}
