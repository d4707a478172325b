using Smcp.Hosting;

namespace Smcp.Samples.Notes;

/// <summary>All notes, oldest first, and the number of the last one ever made.</summary>
[ServerState("notes")]
public sealed record NotesState
{
    public int LastId { get; init; }

    public IReadOnlyList<Note> Notes { get; init; } = [];
}
