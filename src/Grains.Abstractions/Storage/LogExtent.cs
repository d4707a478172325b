namespace Smcp.Storage;

/// <summary>What a log holds: the number of its first record still held, and of the last ever appended.</summary>
public readonly record struct LogExtent(long First, long Last);
