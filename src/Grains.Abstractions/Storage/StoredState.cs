namespace Smcp.Storage;

/// <summary>A stored state and its version (1 or more).</summary>
public sealed record StoredState(ReadOnlyMemory<byte> Payload, long Version);
