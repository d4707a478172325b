namespace Smcp.Hosting.State;

/// <summary>A stored state and its version.</summary>
internal sealed record StoredServerState(ReadOnlyMemory<byte> Payload, long Version);
