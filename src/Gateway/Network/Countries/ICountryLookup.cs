using System.Net;

namespace Smcp.Network.Countries;

/// <summary>Which country an address is in.</summary>
internal interface ICountryLookup
{
    /// <summary>The ISO 3166-1 code, two capitals; null when it is not known.</summary>
    string? CountryOf(IPAddress address);
}
