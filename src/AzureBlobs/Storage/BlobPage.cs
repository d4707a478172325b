namespace Smcp.Storage;

/// <summary>A page of names, and where the next one begins; null for the last.</summary>
internal sealed record BlobPage(IReadOnlyList<string> Names, string? Next);
