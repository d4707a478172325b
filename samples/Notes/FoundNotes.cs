namespace Smcp.Samples.Notes;

/// <summary>What a search found: the first of them, and how many there are.</summary>
public sealed record FoundNotes(IReadOnlyList<Note> Notes, int Total);
