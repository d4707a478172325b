using Microsoft.Extensions.Options;
using Smcp.Identity;
using Smcp.Tenants;
using Smcp.TestSupport;

namespace Smcp.Auth;

public sealed class KnownTenantsTests
{
    private readonly ManualTimeProvider _time = new();
    private readonly FakeGrains _grains = new();
    private readonly KnownTenants _tenants;

    public KnownTenantsTests() => _tenants = new KnownTenants(_grains, _time, Options.Create(new AuthOptions()));

    [Fact]
    public async Task Tenant_IsRemembered_ForItsLifetime()
    {
        Assert.Equal(TenantStatus.Active, await StatusAsync());
        _grains.TenantStatus = TenantStatus.Suspended;
        _time.Advance(TimeSpan.FromSeconds(2) - TimeSpan.FromTicks(1));
        Assert.Equal(TenantStatus.Active, await StatusAsync());

        _time.Advance(TimeSpan.FromTicks(1));
        Assert.Equal(TenantStatus.Suspended, await StatusAsync());
        _grains.TenantStatus = TenantStatus.Active;
        Assert.Equal(TenantStatus.Suspended, await StatusAsync());
    }

    private async Task<TenantStatus> StatusAsync() => (await _tenants.FindAsync(TenantId.Default, default)).Status;
}
