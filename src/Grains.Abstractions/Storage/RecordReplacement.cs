namespace Smcp.Storage;

/// <summary>A record of a log as it is expected to stand, and what is to stand there.</summary>
public readonly record struct RecordReplacement(
    long Sequence, ReadOnlyMemory<byte> Expected, ReadOnlyMemory<byte> Payload);
