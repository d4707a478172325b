using System.Text.Json;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using Smcp.Hosting;

namespace Smcp.Samples.Notes.Tests;

public sealed class NotesServerTests
{
    [Fact]
    public async Task Note_IsStillThere_WhenServerRestarted()
    {
        await using var host = await ServerTestHost.StartAsync<NotesServer>();
        await AddAsync(host, "Shopping", "Milk", "home");
        await host.RestartAsync();

        var found = await SearchAsync(host, new() { ["tag"] = "home" });
        Assert.Equal("Shopping", Assert.Single(found.Notes).Title);
    }

    [Fact]
    public async Task Note_KeepsWhatIsNotGiven_WhenChanged()
    {
        await using var host = await ServerTestHost.StartAsync<NotesServer>();
        await AddAsync(host, "Shopping", "Milk", "home");
        await host.Client.CallToolAsync(
            "change_note", new Dictionary<string, object?> { ["id"] = 1, ["text"] = "Bread" });

        var note = Assert.Single((await SearchAsync(host, [])).Notes);
        Assert.Equal(("Shopping", "Bread"), (note.Title, note.Text));
    }

    [Fact]
    public async Task Note_IsAResource_WhenAdded()
    {
        await using var host = await ServerTestHost.StartAsync<NotesServer>();
        await AddAsync(host, "Shopping", "Milk", "home");

        var read = await host.Client.ReadResourceAsync("note://1");
        Assert.Equal("# Shopping\n\nMilk", Assert.IsType<TextResourceContents>(Assert.Single(read.Contents)).Text);
    }

    [Theory]
    [InlineData("accept", 0)]
    [InlineData("decline", 1)]
    public async Task Note_IsRemoved_OnlyWhenUserAgrees(string answer, int left)
    {
        await using var host = await ServerTestHost.StartAsync<NotesServer>(new ServerTestSetup
        {
            Client = new McpClientOptions
            {
                Capabilities = new ClientCapabilities { Elicitation = new ElicitationCapability { Form = new() } },
                Handlers = new McpClientHandlers
                {
                    ElicitationHandler = (_, _) => ValueTask.FromResult(new ElicitResult { Action = answer }),
                },
            },
        });
        await AddAsync(host, "Shopping", "Milk", "home");
        await host.Client.CallToolAsync("remove_note", new Dictionary<string, object?> { ["id"] = 1 });

        Assert.Equal(left, (await SearchAsync(host, [])).Total);
    }

    [Fact]
    public async Task RemovingNote_IsAToolError_WhenThereIsNone()
    {
        await using var host = await ServerTestHost.StartAsync<NotesServer>();
        var result = await host.Client.CallToolAsync("remove_note", new Dictionary<string, object?> { ["id"] = 7 });

        Assert.True(result.IsError);
        Assert.Contains(
            "There is no note 7.", Assert.IsType<TextContentBlock>(result.Content[0]).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tag_Completes_WhenANoteHasIt()
    {
        await using var host = await ServerTestHost.StartAsync<NotesServer>();
        await AddAsync(host, "Shopping", "Milk", "home");

        var completed = await host.Client.CompleteAsync(new PromptReference { Name = "summarize" }, "tag", "ho");
        Assert.Equal(["home"], completed.Completion.Values);
    }

    [Fact]
    public async Task Draft_IsKeptByName_WhenServerRestarted()
    {
        await using var host = await ServerTestHost.StartAsync<NotesServer>();
        await host.Client.CallToolAsync(
            "keep_draft", new Dictionary<string, object?> { ["name"] = "trip", ["text"] = "Pack" });
        await host.RestartAsync();

        var draft = await host.Client.CallToolAsync(
            "read_draft", new Dictionary<string, object?> { ["name"] = "trip" });
        var none = await host.Client.CallToolAsync(
            "read_draft", new Dictionary<string, object?> { ["name"] = "other" });
        Assert.Equal("Pack", Assert.IsType<TextContentBlock>(draft.Content[0]).Text);
        Assert.True(none.IsError);
    }

    private static async Task AddAsync(ServerTestHost host, string title, string text, string tag)
    {
        var result = await host.Client.CallToolAsync(
            "add_note",
            new Dictionary<string, object?> { ["title"] = title, ["text"] = text, ["tags"] = new[] { tag } });
        Assert.NotEqual(true, result.IsError);
    }

    private static async Task<FoundNotes> SearchAsync(ServerTestHost host, Dictionary<string, object?> arguments)
    {
        var result = await host.Client.CallToolAsync("search_notes", arguments);
        return result.StructuredContent!.Value.Deserialize<FoundNotes>(JsonSerializerOptions.Web)!;
    }
}
