using Smcp.Mcp;
using Smcp.Sessions;
using Smcp.Tenants;

namespace Smcp;

/// <summary>Every tenant but <c>default</c> is unknown.</summary>
internal sealed class FakeTenant(string key, FakeGrains grains) : ITenantGrain
{
    public ValueTask<TenantSnapshot> DescribeAsync(CancellationToken cancellationToken) => new(new TenantSnapshot
    {
        Status = key == "default" ? grains.TenantStatus : TenantStatus.None,
        Configuration = new TenantConfiguration { Quotas = grains.Quotas },
    });

    public ValueTask<McpFault?> AdmitSessionAsync(SessionKey session, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public ValueTask ReleaseSessionAsync(SessionKey session, CancellationToken cancellationToken) =>
        throw new NotSupportedException();
}
