namespace Smcp.Hosting;

/// <summary>Which objects to list.</summary>
public sealed record ServerObjectQuery
{
    /// <summary>What their keys begin with.</summary>
    public string Prefix { get; init; } = string.Empty;

    /// <summary>
    /// Up to where, after the prefix, keys that have that in common are told as one of
    /// <see cref="ServerObjectPage.Prefixes"/>: with <c>/</c>, a folder at a time. Null: each is told.
    /// </summary>
    public string? Delimiter { get; init; }

    /// <summary>The <see cref="ServerObjectPage.Next"/> of the page before.</summary>
    public string? After { get; init; }

    /// <summary>Objects and prefixes at most: 1 to 256.</summary>
    public int CountMax { get; init; } = 100;
}
