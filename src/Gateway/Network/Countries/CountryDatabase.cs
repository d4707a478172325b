using System.Net;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Smcp.Network.Countries;

/// <summary>
/// The file that tells countries, held whole in memory: a file that shrinks under a mapping would end the process. A
/// new one that cannot be used leaves the old one where it was.
/// </summary>
internal sealed partial class CountryDatabase : ICountryLookup, IDisposable
{
    private readonly CountryOptions _options;
    private readonly ILogger<CountryDatabase> _logger;
    private readonly FileWatch? _watch;
    private volatile MmdbFile? _file;

    public CountryDatabase(IOptions<CountryOptions> options, TimeProvider time, ILogger<CountryDatabase> logger)
    {
        _options = options.Value;
        _logger = logger;
        if (_options.CountryDatabase is { } path)
        {
            _watch = new FileWatch([path], _options.CountryCheckPeriod, Reload, time);
            _file = Read(_options, out _);
        }
    }

    public string? CountryOf(IPAddress address) => _file?.CountryOf(address);

    public void Dispose() => _watch?.Dispose();

    /// <summary>Reads the file; null when it cannot be used, and then why.</summary>
    public static MmdbFile? Read(CountryOptions options, out string? problem)
    {
        var path = options.CountryDatabase!;
        try
        {
            using var file = File.OpenRead(path);
            if (file.Length > options.CountryDatabaseBytesMax)
            {
                problem = $"{path} has more than {options.CountryDatabaseBytesMax} bytes.";
                return null;
            }

            var bytes = new byte[file.Length];
            file.ReadExactly(bytes);
            var database = MmdbFile.Open(bytes, out var reason);
            problem = reason is null ? null : $"{path} cannot be used: {reason}.";
            return database;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            problem = $"{path} cannot be read: {exception.Message}";
            return null;
        }
    }

    private void Reload()
    {
        if (Read(_options, out var problem) is { } file)
        {
            _file = file;
            CountriesReplaced(_options.CountryDatabase!);
        }
        else
        {
            CountriesKept(problem!);
        }
    }
}
