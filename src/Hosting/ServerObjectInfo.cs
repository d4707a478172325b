namespace Smcp.Hosting;

/// <summary>What is known of an object.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Bytes">Bytes of its content.</param>
/// <param name="ETag">Its content's name: SHA-256, in hexadecimal digits.</param>
/// <param name="ContentType">What its writer called the content; null for nothing.</param>
/// <param name="Metadata">What else its writer said of it.</param>
/// <param name="WrittenAt">When it was written.</param>
public sealed record ServerObjectInfo(
    string Key,
    long Bytes,
    string ETag,
    string? ContentType,
    IReadOnlyDictionary<string, string> Metadata,
    DateTimeOffset WrittenAt);
