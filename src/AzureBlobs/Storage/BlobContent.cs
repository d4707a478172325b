namespace Smcp.Storage;

/// <summary>A blob as it was read: its bytes, its tag, and the number that its writer gave it.</summary>
internal sealed record BlobContent(ReadOnlyMemory<byte> Bytes, string Tag, long Version);
