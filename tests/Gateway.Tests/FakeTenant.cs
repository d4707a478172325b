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
        Configuration = new TenantConfiguration { Quotas = grains.Others.GetValueOrDefault(key, grains.Quotas) },
    });

    public ValueTask<McpFault?> AdmitSessionAsync(SessionKey session, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public ValueTask ReleaseSessionAsync(SessionKey session, CancellationToken cancellationToken) =>
        throw new NotSupportedException();
}
