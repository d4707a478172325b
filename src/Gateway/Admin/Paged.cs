namespace Smcp.Admin;

/// <summary>Some of many.</summary>
/// <param name="Items">In the order of their ids, unless the list says otherwise.</param>
/// <param name="Next">What to give as <c>after</c> for the next ones; null at the end.</param>
internal sealed record Paged<TItem>(IReadOnlyList<TItem> Items, string? Next);
