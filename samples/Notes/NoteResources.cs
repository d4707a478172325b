using System.ComponentModel;
using System.Globalization;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using Smcp.Hosting;

namespace Smcp.Samples.Notes;

/// <summary>Each note as a resource, and the list of all.</summary>
[McpServerResourceType]
public sealed class NoteResources(Notebook notebook) : IServerCompletions
{
    [McpServerResource(UriTemplate = "notes://index", Name = "index", Title = "All notes", MimeType = "text/markdown")]
    [Description("The titles of all notes, with their numbers.")]
    public string Index() => string.Join(
        '\n', notebook.Notes.Select(note => $"- [{note.Title}]({Notebook.UriOf(note.Id)})"));

    [McpServerResource(UriTemplate = "note://{id}", Name = "note", Title = "A note", MimeType = "text/markdown")]
    [Description("One note, by its number.")]
    public string Note(int id)
    {
        var note = notebook.Find(id);
        return $"# {note.Title}\n\n{note.Text}";
    }

    public ValueTask<IReadOnlyList<string>> CompleteAsync(
        CompleteRequestParams request, CancellationToken cancellationToken)
    {
        var candidates = request.Argument.Name switch
        {
            "id" => notebook.Notes.Select(note => note.Id.ToString(CultureInfo.InvariantCulture)),
            "tag" => notebook.Tags(),
            _ => [],
        };
        return ValueTask.FromResult<IReadOnlyList<string>>(
            [.. candidates.Where(
                value => value.StartsWith(request.Argument.Value, StringComparison.OrdinalIgnoreCase))]);
    }
}
