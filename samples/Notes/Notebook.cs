using ModelContextProtocol;
using Smcp.Hosting;

namespace Smcp.Samples.Notes;

/// <summary>
/// The notes and what can be done with them. What a method returned is durable, and those who watch a note were told.
/// </summary>
public sealed class Notebook(IServerState<NotesState> state, IServerNotifier notifier, TimeProvider time)
{
    private const int NotesMax = 1_000;

    public IReadOnlyList<Note> Notes => state.Value.Notes;

    public static string UriOf(int id) => FormattableString.Invariant($"note://{id}");

    public Note Find(int id) => Notes.FirstOrDefault(note => note.Id == id) ?? throw Unknown(id);

    public IEnumerable<Note> Search(string? text, string? tag) => Notes
        .Where(note => (text is null || note.Mentions(text)) && (tag is null || note.HasTag(tag)))
        .OrderByDescending(note => note.ChangedAt);

    public IEnumerable<string> Tags() => Notes
        .SelectMany(note => note.Tags)
        .Distinct(StringComparer.OrdinalIgnoreCase)
        .Order(StringComparer.OrdinalIgnoreCase);

    public async Task<Note> AddAsync(
        string title, string text, IReadOnlyList<string> tags, CancellationToken cancellationToken)
    {
        var note = new Note { Title = title, Text = text, Tags = tags, ChangedAt = time.GetUtcNow() };
        var written = await state.UpdateAsync(current => With(current, note), cancellationToken);
        notifier.ResourcesChanged();
        return written.Notes[^1];
    }

    public async Task<Note> ChangeAsync(int id, Func<Note, Note> change, CancellationToken cancellationToken)
    {
        Note? changed = null;
        await state.UpdateAsync(
            current =>
            {
                changed = change(Known(current, id)) with { Id = id, ChangedAt = time.GetUtcNow() };
                return current with { Notes = [.. current.Notes.Select(note => note.Id == id ? changed : note)] };
            },
            cancellationToken);
        notifier.ResourceUpdated(UriOf(id));
        return changed!;
    }

    public async Task RemoveAsync(int id, CancellationToken cancellationToken)
    {
        await state.UpdateAsync(
            current =>
            {
                Known(current, id);
                return current with { Notes = [.. current.Notes.Where(note => note.Id != id)] };
            },
            cancellationToken);
        notifier.ResourcesChanged();
    }

    private static NotesState With(NotesState current, Note note)
    {
        if (current.Notes.Count >= NotesMax)
        {
            throw new McpException($"The notebook is full: it holds {NotesMax} notes.");
        }

        var id = current.LastId + 1;
        return new NotesState { LastId = id, Notes = [.. current.Notes, note with { Id = id }] };
    }

    private static Note Known(NotesState current, int id) =>
        current.Notes.FirstOrDefault(note => note.Id == id) ?? throw Unknown(id);

    private static McpException Unknown(int id) => new($"There is no note {id}.");
}
