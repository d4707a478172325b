using Smcp.Wire;

namespace Smcp.Data;

/// <summary>What is known of an object.</summary>
[Wire("object-info", 1)]
public sealed record ObjectInfo
{
    public required string Key { get; init; }

    /// <summary>Bytes of the content.</summary>
    public long Bytes { get; init; }

    /// <summary>SHA-256 of the content, in hexadecimal digits: the same for the same content.</summary>
    public required string ETag { get; init; }

    /// <summary>Names this write of the key, and no other.</summary>
    public required string Id { get; init; }

    public string? ContentType { get; init; }

    /// <summary>What the writer said of it.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>();

    /// <summary>When it was written.</summary>
    public DateTimeOffset At { get; init; }
}
