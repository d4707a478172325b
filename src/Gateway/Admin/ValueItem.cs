namespace Smcp.Admin;

/// <summary>A key of a server's key-value store, without what is in it.</summary>
/// <param name="Key">The key.</param>
/// <param name="Bytes">Bytes of the value.</param>
/// <param name="ExpiresAt">When it is gone; null: never.</param>
internal sealed record ValueItem(string Key, long Bytes, DateTimeOffset? ExpiresAt);
