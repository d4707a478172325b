using Microsoft.Extensions.Logging;

namespace Smcp.Network.Countries;

internal sealed partial class CountryDatabase
{
    [LoggerMessage(EventIds.CountriesReplaced, LogLevel.Information, "The file of countries {Path} was replaced.")]
    private partial void CountriesReplaced(string path);

    [LoggerMessage(EventIds.CountriesKept, LogLevel.Error, "{Problem} The file of countries before it stays in use.")]
    private partial void CountriesKept(string problem);
}
