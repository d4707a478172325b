using Smcp.Wire;

namespace Smcp.Data;

/// <summary>Which objects to list.</summary>
[Wire("object-query", 1)]
public sealed record ObjectQuery
{
    /// <summary>What their keys begin with.</summary>
    public string Prefix { get; init; } = string.Empty;

    /// <summary>
    /// Up to where, after the prefix, keys that have that in common are told as one; null: each is told.
    /// </summary>
    public string? Delimiter { get; init; }

    /// <summary>The last name of the page before.</summary>
    public string? After { get; init; }

    public int CountMax { get; init; } = 100;

    /// <summary>
    /// How a key is told: as itself, or as what it has in common with others up to the delimiter, that included.
    /// </summary>
    public string NameOf(string key)
    {
        if (string.IsNullOrEmpty(Delimiter))
        {
            return key;
        }

        var end = key.IndexOf(Delimiter, Prefix.Length, StringComparison.Ordinal);
        return end < 0 ? key : key[..(end + Delimiter.Length)];
    }
}
