namespace Smcp.Hosting;

/// <summary>A value of a server's key-value store.</summary>
/// <param name="Value">Its bytes.</param>
/// <param name="Version">Another with each write of the key.</param>
/// <param name="ExpiresAt">When it is gone; null: never.</param>
/// <param name="Metadata">What the writer said of it.</param>
public sealed record ServerValue(
    ReadOnlyMemory<byte> Value, long Version, DateTimeOffset? ExpiresAt, string? Metadata = null);
