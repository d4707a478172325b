using System.ComponentModel.DataAnnotations;

namespace Smcp.Network.Countries;

/// <summary>Which countries may call, by a local file that tells them from addresses.</summary>
internal sealed class CountryOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = NetworkOptions.Section;

    /// <summary>
    /// A file of the MaxMind DB format (.mmdb) with countries; it may be replaced while serving. Default: none.
    /// </summary>
    public string? CountryDatabase { get; set; }

    /// <summary>Countries (ISO 3166-1, two letters) that may call; none named means all. Default: none.</summary>
    public IList<string> CountriesAllowed { get; } = [];

    /// <summary>Countries that may not call, whatever allows them. Default: none.</summary>
    public IList<string> CountriesDenied { get; } = [];

    /// <summary>
    /// What becomes of an address whose country the file does not tell, where a list is set; this machine's own always
    /// may. Default: Refuse.
    /// </summary>
    [EnumDataType(typeof(UnknownCountry))]
    public UnknownCountry UnknownCountries { get; set; } = UnknownCountry.Refuse;

    /// <summary>How many bytes the file may have. Default: 256 MiB.</summary>
    [Range(1024, 1024 * 1024 * 1024)]
    public int CountryDatabaseBytesMax { get; set; } = 256 * 1024 * 1024;

    /// <summary>How often the file is looked at for a change. Default: 1 min.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan CountryCheckPeriod { get; set; } = TimeSpan.FromMinutes(1);
}
