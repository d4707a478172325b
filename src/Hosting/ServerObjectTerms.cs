namespace Smcp.Hosting;

/// <summary>How an object is to be written.</summary>
public sealed record ServerObjectTerms
{
    /// <summary>What the content is, as a media type; at most 256 characters.</summary>
    public string? ContentType { get; init; }

    /// <summary>What else is said of it: at most 2 KiB, where the host does not say otherwise.</summary>
    public IReadOnlyDictionary<string, string>? Metadata { get; init; }

    public ServerObjectConditions? Conditions { get; init; }
}
