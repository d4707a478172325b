using System.ComponentModel;
using System.Text;
using ModelContextProtocol;
using ModelContextProtocol.Server;
using Smcp.Hosting;

namespace Smcp.Samples.Notes;

/// <summary>
/// What is not a note yet: kept by name for a week, over all of the server's instances. Keys rather than state, since
/// drafts go by themselves, and one is read or written without the others.
/// </summary>
[McpServerToolType]
public sealed class NoteDrafts(IServerKeyValues drafts)
{
    private const string Prefix = "draft/";
    private const int NameLengthMax = 100;
    private const int TextLengthMax = 8_000;

    private static readonly TimeSpan Life = TimeSpan.FromDays(7);

    [McpServerTool(Name = "keep_draft", Idempotent = true, OpenWorld = false)]
    [Description("Keeps a draft for a week, in place of the one of its name.")]
    public async Task<string> KeepAsync(
        [Description("What to find it by.")] string name,
        [Description("The text.")] string text,
        CancellationToken cancellationToken)
    {
        if (text.Length > TextLengthMax)
        {
            throw new McpException($"A draft has at most {TextLengthMax} characters.");
        }

        try
        {
            await drafts.SetAsync(
                KeyOf(name),
                Encoding.UTF8.GetBytes(text),
                new ServerValueTerms { ExpiresIn = Life },
                cancellationToken);
            return $"Kept \"{name}\" for a week.";
        }
        catch (ServerDataQuotaException)
        {
            throw new McpException("There is no room for a draft. Nothing was kept.");
        }
    }

    [McpServerTool(Name = "read_draft", ReadOnly = true, OpenWorld = false), Description("Returns a draft's text.")]
    public async Task<string> ReadAsync(
        [Description("Its name.")] string name, CancellationToken cancellationToken) =>
        await drafts.GetAsync(KeyOf(name), cancellationToken) is { } draft
            ? Encoding.UTF8.GetString(draft.Value.Span)
            : throw new McpException($"There is no draft \"{name}\".");

    [McpServerTool(Name = "list_drafts", ReadOnly = true, OpenWorld = false, UseStructuredContent = true)]
    [Description("Returns the names of the first hundred drafts.")]
    public async Task<IReadOnlyList<string>> ListAsync(CancellationToken cancellationToken)
    {
        var page = await drafts.ListAsync(Prefix, cancellationToken: cancellationToken);
        return [.. page.Items.Select(item => item.Key[Prefix.Length..])];
    }

    private static string KeyOf(string name) => name.Length is > 0 and <= NameLengthMax
        ? Prefix + name
        : throw new McpException($"A draft's name has 1 to {NameLengthMax} characters.");
}
