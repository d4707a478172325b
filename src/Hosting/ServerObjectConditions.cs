namespace Smcp.Hosting;

/// <summary>Under which conditions something is done to an object (as If-Match and If-None-Match of HTTP).</summary>
public sealed record ServerObjectConditions
{
    /// <summary>It has this ETag; <c>*</c>: it is there.</summary>
    public string? IfMatch { get; init; }

    /// <summary>It does not have this ETag; <c>*</c>: it is not there.</summary>
    public string? IfNoneMatch { get; init; }
}
