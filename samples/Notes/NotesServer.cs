using System.ComponentModel;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using Smcp.Hosting;

namespace Smcp.Samples.Notes;

/// <summary>
/// A notebook that a model and its user share: durable notes, each a resource to read and watch, found by words and
/// tags. Removing asks the user first.
/// </summary>
[McpServer(
    "notes",
    Title = "Notes",
    Description = "A durable notebook, to write to and to search.",
    Instructions = "Search before you add: change an existing note rather than write a second one on the same matter.",
    Startup = typeof(NotesStartup),
    Parts = [typeof(NoteDrafts), typeof(NoteResources), typeof(NotePrompts)])]
[McpServerToolType]
public sealed class NotesServer(Notebook notebook)
{
    [McpServerTool(Name = "add_note", Destructive = false, OpenWorld = false, UseStructuredContent = true)]
    [Description("Writes a new note, and returns it with its number.")]
    public Task<Note> AddAsync(
        [Description("A short title.")] string title,
        [Description("The text.")] string text,
        [Description("Words to find it by.")] string[]? tags = null,
        CancellationToken cancellationToken = default) =>
        notebook.AddAsync(title, text, tags ?? [], cancellationToken);

    [McpServerTool(Name = "search_notes", ReadOnly = true, OpenWorld = false, UseStructuredContent = true)]
    [Description(
        "Returns the notes that mention a text and have a tag, the latest first; all of them where neither is given.")]
    public FoundNotes Search(
        [Description("A text that title or text mentions.")] string? text = null,
        [Description("A tag.")] string? tag = null,
        [Description("How many at most.")] int limit = 20)
    {
        var found = notebook.Search(text, tag).ToList();
        return new FoundNotes([.. found.Take(Math.Clamp(limit, 1, 100))], found.Count);
    }

    [McpServerTool(Name = "change_note", Idempotent = true, OpenWorld = false, UseStructuredContent = true)]
    [Description("Changes what is given of a note, and keeps the rest.")]
    public Task<Note> ChangeAsync(
        [Description("The note's number.")] int id,
        [Description("A new title.")] string? title = null,
        [Description("A new text.")] string? text = null,
        [Description("New tags, in place of the old.")] string[]? tags = null,
        CancellationToken cancellationToken = default) =>
        notebook.ChangeAsync(
            id,
            note => note with { Title = title ?? note.Title, Text = text ?? note.Text, Tags = tags ?? note.Tags },
            cancellationToken);

    [McpServerTool(Name = "remove_note", Destructive = true, OpenWorld = false)]
    [Description("Removes a note, once the user agrees.")]
    public async Task<string> RemoveAsync(
        McpServer server, [Description("The note's number.")] int id, CancellationToken cancellationToken)
    {
        var note = notebook.Find(id);
        if (server.ClientCapabilities?.Elicitation is not null && !await AgreesAsync(server, note, cancellationToken))
        {
            return $"Kept note {id}: the user did not agree.";
        }

        await notebook.RemoveAsync(id, cancellationToken);
        return $"Removed note {id}.";
    }

    private static async Task<bool> AgreesAsync(McpServer server, Note note, CancellationToken cancellationToken)
    {
        var answer = await server.ElicitAsync(
            new ElicitRequestParams
            {
                Message = $"Remove the note \"{note.Title}\"?",
                RequestedSchema = new ElicitRequestParams.RequestSchema(),
            },
            cancellationToken);
        return answer.IsAccepted;
    }
}
