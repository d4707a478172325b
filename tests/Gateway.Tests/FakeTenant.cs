using Smcp.Identity;
using Smcp.Mcp;
using Smcp.Sessions;
using Smcp.Tenants;

namespace Smcp;

/// <summary>Every tenant is unknown but <c>default</c>, and those that a test adds.</summary>
internal sealed class FakeTenant(string key, FakeGrains grains) : ITenantGrain
{
    public ValueTask<TenantSnapshot> DescribeAsync(CancellationToken cancellationToken) => new(new TenantSnapshot
    {
        Status = key == "default" ? grains.TenantStatus
            : grains.Others.ContainsKey(key) ? TenantStatus.Active
            : TenantStatus.None,
        Version = grains.TenantVersion,
        Configuration = new TenantConfiguration { Network = grains.TenantNetwork },
        Quotas = grains.Others.GetValueOrDefault(key, grains.Quotas),
    });

    public ValueTask<McpFault?> AdmitSessionAsync(SessionKey session, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public ValueTask ReleaseSessionAsync(SessionKey session, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public ValueTask<TenantOutcome> ReadAsync(
        CallContext context, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public ValueTask<TenantOutcome> ReadRolesAsync(
        CallContext context, CancellationToken cancellationToken) =>
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

    public ValueTask<TenantOutcome> SuspendAsync(
        CallContext context, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public ValueTask<TenantOutcome> ResumeAsync(
        CallContext context, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public ValueTask<TenantOutcome> DeleteAsync(
        CallContext context, long? expected, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public ValueTask<TenantVersionPage> ListVersionsAsync(
        CallContext context, long before, int countMax, CancellationToken cancellationToken) =>
        throw new NotSupportedException();
}
