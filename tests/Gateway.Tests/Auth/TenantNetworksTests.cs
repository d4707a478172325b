using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Smcp.Identity;
using Smcp.Network.Countries;
using Smcp.Network.Forwarding;
using Smcp.Security.Audit;
using Smcp.Tenants;
using Smcp.TestSupport;

namespace Smcp.Auth;

/// <summary>From where a tenant may be reached, by its own lists.</summary>
public sealed class TenantNetworksTests : IDisposable
{
    private static readonly TenantId Acme = TenantId.Parse("acme");

    private readonly RecordedAudit _audit = new();
    private readonly CountryOptions _country = new();
    private readonly CountryDatabase _countries;
    private readonly TenantNetworks _networks;

    public TenantNetworksTests()
    {
        _countries = new CountryDatabase(
            Options.Create(_country), new ManualTimeProvider(), NullLogger<CountryDatabase>.Instance);
        _networks = new TenantNetworks(
            _countries, _audit, Options.Create(_country), Options.Create(new AuthOptions()));
    }

    public void Dispose() => _countries.Dispose();

    [Fact]
    public void Everybody_IsLetIn_WithoutLists()
    {
        Assert.True(Admits(new TenantNetwork(), "203.0.113.1"));
        Assert.Empty(_audit.Events);
    }

    [Theory]
    [InlineData("192.0.2.0/24", null, "192.0.2.1", true)]
    [InlineData("192.0.2.0/24", null, "203.0.113.1", false)]
    [InlineData(null, "192.0.2.0/24", "192.0.2.1", false)]
    [InlineData(null, "192.0.2.0/24", "203.0.113.1", true)]
    [InlineData("192.0.2.0/24", "192.0.2.1", "192.0.2.1", false)]
    public void Caller_IsLetIn_AsTheListsSay(string? allow, string? deny, string address, bool isLetIn)
    {
        var network = new TenantNetwork
        {
            Allow = allow is null ? [] : [allow],
            Deny = deny is null ? [] : [deny],
        };

        Assert.Equal(isLetIn, Admits(network, address));
        Assert.Equal(isLetIn ? 0 : 1, _audit.Events.Count);
    }

    /// <summary>Where nobody can say where an address is, the lists of countries decide by what is unknown.</summary>
    [Fact]
    public void Countries_Decide_WhereThereAreListsOfThem()
    {
        _country.UnknownCountries = UnknownCountry.Refuse;
        Assert.False(Admits(new TenantNetwork { AllowCountries = ["CH"] }, "192.0.2.1"));
        Assert.False(Admits(new TenantNetwork { DenyCountries = ["CH"] }, "192.0.2.1", version: 2));

        _country.UnknownCountries = UnknownCountry.Allow;
        Assert.True(Admits(new TenantNetwork { AllowCountries = ["CH"] }, "192.0.2.1", version: 3));
    }

    [Fact]
    public void Lists_LetNobodyIn_WhenTheyCannotBeRead()
    {
        Assert.False(Admits(new TenantNetwork { Allow = ["192.0.2.1", "nonsense"] }, "192.0.2.1"));
        Assert.False(Admits(new TenantNetwork { DenyCountries = ["nowhere"] }, "127.0.0.1", version: 2));
    }

    [Fact]
    public void Lists_AreReadOnce_ForEachVersionAndLifeOfTheTenant()
    {
        var open = new TenantNetwork { Allow = ["192.0.2.1"] };
        var shut = new TenantNetwork { Allow = ["203.0.113.1"] };

        Assert.True(Admits(open, "192.0.2.1"));
        Assert.True(Admits(shut, "192.0.2.1"));
        Assert.False(Admits(shut, "192.0.2.1", version: 2));
        Assert.True(Admits(open, "192.0.2.1", version: 3));
        Assert.False(Admits(shut, "192.0.2.1", version: 3, generation: 2));
    }

    [Fact]
    public void Refusal_IsRecorded_InTheTenantsLog()
    {
        Admits(new TenantNetwork { Deny = ["192.0.2.1"] }, "192.0.2.1");

        var refused = Assert.Single(_audit.Events);
        Assert.Equal(Acme, refused.Tenant);
        Assert.Equal(AuditActions.NetworkDenied, refused.Action);
        Assert.Equal(AuditOutcome.Denied, refused.Outcome);
        Assert.Equal("key:k", refused.Principal);
        Assert.Equal("key:k", refused.Credential);
        Assert.Equal("192.0.2.1", refused.Address);
        Assert.Equal("correlation", refused.CorrelationId);
        Assert.Equal("tenant-network", refused.Reason);
    }

    private bool Admits(TenantNetwork network, string address, long version = 1, int generation = 1)
    {
        var http = new DefaultHttpContext { TraceIdentifier = "correlation" };
        http.Features.Set(new ClientAddress(IPAddress.Parse(address), IPAddress.Loopback));
        var caller = new Caller(
            new CallerIdentity { Tenant = Acme, Principal = PrincipalId.Parse("key:k"), Credential = "key:k" },
            isAnonymous: false);
        return _networks.Admits(http, caller, new TenantSnapshot
        {
            Status = TenantStatus.Active,
            Version = version,
            Generation = generation,
            Configuration = new TenantConfiguration { Network = network },
        });
    }
}
