namespace Smcp.Storage;

/// <summary>One record of a log.</summary>
public readonly record struct LogRecord(long Sequence, ReadOnlyMemory<byte> Payload);
