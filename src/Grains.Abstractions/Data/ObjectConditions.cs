using Smcp.Wire;

namespace Smcp.Data;

/// <summary>
/// Under which conditions something is done (RFC 9110 section 13.1): an ETag, <c>*</c> for whichever there is, or null
/// for no condition.
/// </summary>
[Wire("object-conditions", 1)]
public sealed record ObjectConditions
{
    private const string Any = "*";

    public static ObjectConditions None { get; } = new();

    /// <summary>There is an object, and it has this ETag.</summary>
    public string? IfMatch { get; init; }

    /// <summary>There is no object that has this ETag.</summary>
    public string? IfNoneMatch { get; init; }

    /// <summary>Whether they hold for an object of this ETag; null: there is none.</summary>
    public bool Hold(string? etag) =>
        (IfMatch is null || (etag is not null && (IfMatch == Any || IfMatch == etag)))
        && (IfNoneMatch is null || etag is null || (IfNoneMatch != Any && IfNoneMatch != etag));
}
