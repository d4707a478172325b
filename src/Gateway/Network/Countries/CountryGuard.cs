using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Smcp.Network.Forwarding;

namespace Smcp.Network.Countries;

/// <summary>Only for countries that the gateway's lists let in.</summary>
internal sealed class CountryGuard(IOptions<CountryOptions> options, CountryDatabase database) : INetworkGuard
{
    private static readonly NetworkRefusal Denied = new(
        StatusCodes.Status403Forbidden, "country", "This address may not call here.");

    private readonly CountryRules _rules = CountryRules.Parse(
        [.. options.Value.CountriesAllowed], [.. options.Value.CountriesDenied], options.Value.UnknownCountries,
        new List<string>());

    public NetworkRefusal? Check(HttpContext context) =>
        _rules.IsEmpty || _rules.Allows(ClientAddress.Of(context).Address, database) ? null : Denied;
}
