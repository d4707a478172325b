namespace Smcp.Hosting;

/// <summary>What a list says of a value.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Bytes">Bytes of the value.</param>
/// <param name="Version">Its version.</param>
/// <param name="ExpiresAt">When it is gone; null: never.</param>
/// <param name="Metadata">What the writer said of it.</param>
public sealed record ServerValueInfo(
    string Key, int Bytes, long Version, DateTimeOffset? ExpiresAt, string? Metadata = null);
