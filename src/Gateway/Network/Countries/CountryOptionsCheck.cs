using Microsoft.Extensions.Options;

namespace Smcp.Network.Countries;

/// <summary>Reads the lists and the file once before anything is served.</summary>
internal sealed class CountryOptionsCheck : IValidateOptions<CountryOptions>
{
    public ValidateOptionsResult Validate(string? name, CountryOptions options)
    {
        var problems = new List<string>();
        var rules = CountryRules.Parse(
            [.. options.CountriesAllowed], [.. options.CountriesDenied], options.UnknownCountries, problems);
        if (options.CountryDatabase is null && !rules.IsEmpty)
        {
            problems.Add($"Lists of countries need {CountryOptions.Section}:{nameof(options.CountryDatabase)}.");
        }

        if (options.CountryDatabase is not null && CountryDatabase.Read(options, out var problem) is null)
        {
            problems.Add(problem!);
        }

        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }
}
