using System.Collections.Frozen;
using System.Net;

namespace Smcp.Network.Countries;

/// <summary>Which countries may call. Denied is denied; where none is allowed by name, all others are.</summary>
internal sealed class CountryRules
{
    private readonly FrozenSet<string> _allowed;
    private readonly FrozenSet<string> _denied;
    private readonly UnknownCountry _unknown;

    private CountryRules(IEnumerable<string> allowed, IEnumerable<string> denied, UnknownCountry unknown)
    {
        _allowed = allowed.ToFrozenSet(StringComparer.OrdinalIgnoreCase);
        _denied = denied.ToFrozenSet(StringComparer.OrdinalIgnoreCase);
        _unknown = unknown;
    }

    /// <summary>Whether there is anything to ask.</summary>
    public bool IsEmpty => _allowed.Count == 0 && _denied.Count == 0;

    /// <summary>Takes lists of codes; each that is none adds a sentence to <paramref name="problems"/>.</summary>
    public static CountryRules Parse(
        IReadOnlyCollection<string> allowed,
        IReadOnlyCollection<string> denied,
        UnknownCountry unknown,
        ICollection<string> problems)
    {
        foreach (var code in allowed.Concat(denied).Where(c => c.Length != 2 || !c.All(char.IsAsciiLetter)))
        {
            problems.Add($"'{(code.Length <= 16 ? code : code[..16])}' is no code of a country (two letters).");
        }

        return new CountryRules(allowed, denied, unknown);
    }

    public bool Allows(IPAddress address, ICountryLookup lookup)
    {
        if (IsEmpty || IPAddress.IsLoopback(address))
        {
            return true;
        }

        return lookup.CountryOf(address) is { } country
            ? !_denied.Contains(country) && (_allowed.Count == 0 || _allowed.Contains(country))
            : _unknown == UnknownCountry.Allow;
    }
}
