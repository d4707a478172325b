using System.Text.Json;
using System.Text.Json.Nodes;
using Smcp.EndToEnd.Serving;

namespace Smcp.EndToEnd.Clients;

/// <summary>What a client script saw: its one line of JSON.</summary>
internal sealed class Sighting(JsonObject seen)
{
    public static async Task<Sighting> OfAsync(string script, params IEnumerable<string> arguments)
    {
        var run = await ChildProgram.RunAsync(
            Workspace.Node,
            [Path.Combine(Workspace.Scripts, "clients", script), .. arguments],
            deadline: TimeSpan.FromSeconds(90));
        Assert.True(run.ExitCode == 0, run.Said);
        return new Sighting(JsonNode.Parse(run.Output)!.AsObject());
    }

    public string Text(string step) => Value(step).GetValue<string>();

    public bool IsTrue(string step) => Value(step).GetValue<bool>();

    public IReadOnlyList<string> Texts(string step) => [.. Value(step).AsArray().Select(t => t!.GetValue<string>())];

    public IReadOnlyList<double> Numbers(string step) => [.. Value(step).AsArray().Select(t => t!.GetValue<double>())];

    /// <summary>What holds for every client of the fixture server, of either era.</summary>
    public void HasEverything()
    {
        Assert.Contains("test_simple_text", Texts("tools"));
        Assert.Equal("This is a simple text response for testing.", Text("text"));
        Assert.True(IsTrue("error"), "A tool's failure was not a result with isError.");
        Assert.Equal([0, 50, 100], Numbers("progress"));
        Assert.Contains("test://static-text", Texts("resources"));
        Assert.NotEmpty(Text("resource"));
        Assert.Contains("7", Text("template"), StringComparison.Ordinal);
        Assert.Contains("test_simple_prompt", Texts("prompts"));
        Assert.Equal("Prompt with arguments: arg1='hello', arg2='world'", Text("prompt"));
        Assert.Contains("Bob", Text("elicitation"), StringComparison.Ordinal);
        Assert.Contains("sampled", Text("sampling"), StringComparison.Ordinal);
        Assert.NotNull(Value("completion"));
    }

    public override string ToString() => seen.ToJsonString(new JsonSerializerOptions { WriteIndented = true });

    private JsonNode Value(string step) =>
        seen[step] ?? throw new InvalidOperationException($"The client saw nothing at the step '{step}':\n{this}");
}
