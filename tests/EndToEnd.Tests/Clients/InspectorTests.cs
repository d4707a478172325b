using System.Text.Json.Nodes;
using Smcp.EndToEnd.Serving;

namespace Smcp.EndToEnd.Clients;

/// <summary>The inspector's command line, and its connection program, which can answer a server's questions.</summary>
[Collection(ServedCollection.Name)]
public sealed class InspectorTests(ServedFixture served)
{
    private const string Launcher = "@modelcontextprotocol/inspector/clients/launcher/build/index.js";

    [NodeTheory("clients")]
    [InlineData("legacy")]
    [InlineData("auto")]
    [InlineData("modern")]
    public async Task Inspector_ShowsToolsResourcesAndPrompts_WhenItsEraIs(string era)
    {
        var tools = await AskAsync(era, "tools/list");
        Assert.Contains("test_simple_text", tools, StringComparison.Ordinal);
        var text = await AskAsync(era, "tools/call", "--tool-name", "test_simple_text");
        Assert.Contains("This is a simple text response for testing.", text, StringComparison.Ordinal);
        Assert.Contains("test://static-text", await AskAsync(era, "resources/list"), StringComparison.Ordinal);
        Assert.Contains(
            "test://static-text",
            await AskAsync(era, "resources/read", "--uri", "test://static-text"),
            StringComparison.Ordinal);
        Assert.Contains("test_simple_prompt", await AskAsync(era, "prompts/list"), StringComparison.Ordinal);
        Assert.Contains(
            "arg1='hello'",
            await AskAsync(
                era, "prompts/get", "--prompt-name", "test_prompt_with_arguments",
                "--prompt-args", "arg1=hello", "arg2=world"),
            StringComparison.Ordinal);
    }

    [NodeTheory("clients")]
    [InlineData("legacy", "test_elicitation", "message:=hello", "response:=Bob")]
    [InlineData("modern", "test_input_required_result_elicitation", "{}", "name:=Bob")]
    public async Task Connection_AnswersAQuestion_WhenItsEraIs(string era, string tool, string argument, string answer)
    {
        using var home = new DataFolder();
        await using var connection = await InspectorConnection.OpenAsync(home.Path, served.Everything, era);

        var pending = await connection.RunAsync("tools/call", tool, argument);
        var id = pending["elicitationPending"]?["elicitationId"]?.GetValue<string>();
        Assert.True(id is not null, $"No question came:\n{pending}");
        var answered = await connection.RunAsync("elicitation/respond", id, answer);

        Assert.Contains("Bob", answered.ToJsonString(), StringComparison.Ordinal);
    }

    private async Task<string> AskAsync(string era, string method, params IEnumerable<string> arguments)
    {
        using var home = new DataFolder();
        var run = await ChildProgram.RunAsync(
            Workspace.Node,
            [
                Workspace.Package("clients", Launcher), "--cli", served.Everything.ToString(), "--transport", "http",
                "--protocol-era", era, "--format", "json", "--method", method, .. arguments,
            ],
            new Dictionary<string, string> { ["HOME"] = home.Path, ["MCP_INSPECTOR_SECRET_STORE"] = "memory" },
            TimeSpan.FromSeconds(60));
        Assert.True(run.ExitCode == 0, run.Said);
        Assert.NotNull(JsonNode.Parse(run.Output));
        return run.Output;
    }
}
