namespace Smcp.Samples.Notes;

/// <summary>A note.</summary>
public sealed record Note
{
    /// <summary>A number that is never used again.</summary>
    public int Id { get; init; }

    public required string Title { get; init; }

    public required string Text { get; init; }

    public IReadOnlyList<string> Tags { get; init; } = [];

    public DateTimeOffset ChangedAt { get; init; }

    public bool HasTag(string tag) => Tags.Contains(tag, StringComparer.OrdinalIgnoreCase);

    public bool Mentions(string text) =>
        Title.Contains(text, StringComparison.OrdinalIgnoreCase)
        || Text.Contains(text, StringComparison.OrdinalIgnoreCase);
}
