using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Smcp.Identity;
using Smcp.Network.Countries;
using Smcp.Network.Forwarding;
using Smcp.Tenants;
using Smcp.TestSupport;

namespace Smcp.Auth;

/// <summary>Whether a tenant may be entered before anybody is known.</summary>
public sealed class TenantDoorTests : IDisposable
{
    private readonly ManualTimeProvider _time = new();
    private readonly FakeGrains _grains = new();
    private readonly CountryDatabase _countries;
    private readonly TenantDoor _door;

    public TenantDoorTests()
    {
        var country = Options.Create(new CountryOptions());
        var auth = Options.Create(new AuthOptions());
        _countries = new CountryDatabase(country, _time, NullLogger<CountryDatabase>.Instance);
        _door = new TenantDoor(
            new KnownTenants(_grains, _time, auth),
            new TenantNetworks(_countries, new RecordedAudit(), country, auth));
    }

    public void Dispose() => _countries.Dispose();

    [Theory]
    [InlineData(TenantStatus.Active, true)]
    [InlineData(TenantStatus.Suspended, true)]
    [InlineData(TenantStatus.None, false)]
    [InlineData(TenantStatus.Deleted, false)]
    public async Task Tenant_IsEntered_WhereItIsThere(TenantStatus status, bool isThere)
    {
        _grains.TenantStatus = status;

        Assert.Equal(isThere ? TenantEntrance.Open : TenantEntrance.Absent, await TryAsync());
        Assert.Equal(isThere, await _door.IsThereAsync(Http(), TenantId.Default));
    }

    [Fact]
    public async Task Tenant_IsClosed_ToWhomItsListsRefuse()
    {
        _grains.TenantNetwork = new TenantNetwork { Deny = ["192.0.2.1"] };

        Assert.Equal(TenantEntrance.Closed, await TryAsync());
        Assert.True(await _door.IsThereAsync(Http(), TenantId.Default));
        _grains.TenantStatus = TenantStatus.Deleted;
        Assert.Equal(TenantEntrance.Absent, await TryAsync());
    }

    private ValueTask<TenantEntrance> TryAsync() => _door.TryAsync(Http(), TenantId.Default);

    private static DefaultHttpContext Http()
    {
        var http = new DefaultHttpContext();
        http.Features.Set(new ClientAddress(IPAddress.Parse("192.0.2.1"), IPAddress.Loopback));
        return http;
    }
}
