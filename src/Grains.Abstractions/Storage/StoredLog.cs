namespace Smcp.Storage;

/// <summary>A log, and the numbers that it holds.</summary>
public readonly record struct StoredLog(string Name, LogExtent Extent);
