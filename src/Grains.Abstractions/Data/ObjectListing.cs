using Smcp.Wire;

namespace Smcp.Data;

/// <summary>One line of a list of objects.</summary>
[Wire("object-listing", 1)]
public sealed record ObjectListing
{
    /// <summary>The key, or what several keys have in common.</summary>
    public required string Name { get; init; }

    /// <summary>The object; null for what several have in common.</summary>
    public ObjectInfo? Info { get; init; }
}
