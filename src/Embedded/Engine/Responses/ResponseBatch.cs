namespace Smcp.Engine.Responses;

/// <summary>What one pull brought: items, and whether they are the last.</summary>
internal readonly record struct ResponseBatch<TItem>(IReadOnlyList<TItem> Items, bool IsLast);
