using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Smcp.Identity;
using Smcp.Network.Addresses;
using Smcp.Network.Countries;
using Smcp.Network.Forwarding;
using Smcp.Security.Audit;
using Smcp.Tenants;

namespace Smcp.Auth;

/// <summary>
/// From where a tenant may be reached, as its configuration says; read once for each version of it. Lists that cannot
/// be read let nobody in.
/// </summary>
internal sealed class TenantNetworks(
    CountryDatabase countries, IAuditTrail trail, IOptions<CountryOptions> country, IOptions<AuthOptions> options)
{
    private readonly GenerationCache<TenantId, Rules> _known = new(options.Value.TenantsKeptMax);

    /// <summary>Whether the caller may come from where it does; what is refused is recorded.</summary>
    public bool Admits(HttpContext http, Caller caller, TenantSnapshot tenant)
    {
        var network = tenant.Configuration.Network;
        if (network.Allow.Count + network.Deny.Count + network.AllowCountries.Count + network.DenyCountries.Count == 0)
        {
            return true;
        }

        var address = ClientAddress.Of(http);
        if (RulesOf(caller.Tenant, tenant).Allows(address.Address, countries))
        {
            return true;
        }

        trail.Record(new AuditEvent
        {
            Tenant = caller.Tenant,
            Action = AuditActions.NetworkDenied,
            Outcome = AuditOutcome.Denied,
            Principal = caller.Principal.ToString(),
            Credential = caller.Identity.Credential,
            Address = address.Text,
            CorrelationId = http.TraceIdentifier,
            Reason = "tenant-network",
        });
        return false;
    }

    private Rules RulesOf(TenantId tenant, TenantSnapshot snapshot)
    {
        if (_known.TryGet(tenant, out var rules) && rules.Of == (snapshot.Generation, snapshot.Version))
        {
            return rules;
        }

        var network = snapshot.Configuration.Network;
        var problems = new List<string>();
        var addresses = AddressRules.Parse(network.Allow, network.Deny, problems);
        var byCountry = CountryRules.Parse(
            network.AllowCountries, network.DenyCountries, country.Value.UnknownCountries, problems);
        rules = new Rules((snapshot.Generation, snapshot.Version), addresses, byCountry, problems.Count == 0);
        _known.Set(tenant, rules);
        return rules;
    }

    private sealed record Rules((int, long) Of, AddressRules Addresses, CountryRules Countries, bool IsUsable)
    {
        public bool Allows(IPAddress address, CountryDatabase database) =>
            IsUsable && Addresses.Allows(address) && Countries.Allows(address, database);
    }
}
