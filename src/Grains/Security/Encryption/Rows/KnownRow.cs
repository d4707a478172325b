namespace Smcp.Security.Encryption.Rows;

/// <summary>
/// A state as it stands in the store beneath: the version that callers know (0 where it is removed, or was never), the
/// version of the store, and our own counter.
/// </summary>
internal readonly record struct KnownRow(long Version, long StoredVersion, long Counter);
