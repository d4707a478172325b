namespace Smcp.Security.Encryption.Masters;

/// <summary>A key that a master key of this version encrypted.</summary>
internal readonly record struct WrappedKey(int Version, ReadOnlyMemory<byte> Text);
