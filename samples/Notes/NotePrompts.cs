using System.ComponentModel;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Smcp.Samples.Notes;

/// <summary>What people do with notes.</summary>
[McpServerPromptType]
public sealed class NotePrompts(Notebook notebook)
{
    [McpServerPrompt(Name = "summarize", Title = "Summarize notes"), Description("Summarizes the notes of a tag.")]
    public IEnumerable<PromptMessage> Summarize([Description("The tag.")] string tag) =>
    [
        Message($"Summarize these notes about {tag} in a few sentences. Name what is still open."),
        .. notebook.Search(null, tag).Select(note => Message($"# {note.Title}\n\n{note.Text}")),
    ];

    private static PromptMessage Message(string text) =>
        new() { Role = Role.User, Content = new TextContentBlock { Text = text } };
}
