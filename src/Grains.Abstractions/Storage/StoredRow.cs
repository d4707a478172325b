namespace Smcp.Storage;

/// <summary>A state and where it stands, as it is stored.</summary>
public readonly record struct StoredRow(StateAddress Address, ReadOnlyMemory<byte> Payload);
