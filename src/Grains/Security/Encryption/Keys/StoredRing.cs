namespace Smcp.Security.Encryption.Keys;

/// <summary>A ring and the version it is stored as; 0 for one that is not stored.</summary>
internal sealed record StoredRing(DataKeyRing Ring, long Version);
