using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Smcp.EndToEnd.Serving;

namespace Smcp.EndToEnd.Clients;

/// <summary>A connection that the inspector's mcpdo holds open in a daemon of its own, across commands.</summary>
internal sealed partial class InspectorConnection : IAsyncDisposable
{
    private const string Program = "@modelcontextprotocol/inspector/clients/mcpdo/build/mcp-bin.js";
    private const string Name = "tests";

    private readonly Dictionary<string, string> _environment;

    private InspectorConnection(Dictionary<string, string> environment) => _environment = environment;

    public static async Task<InspectorConnection> OpenAsync(string home, Uri endpoint, string era)
    {
        var environment = new Dictionary<string, string>
        {
            ["HOME"] = home,
            ["MCP_INSPECTOR_SECRET_STORE"] = "memory",
        };
        var exports = await StartAsync(environment, ["private"]);
        foreach (Match export in Export().Matches(exports.Output))
        {
            environment[export.Groups[1].Value] = export.Groups[2].Value;
        }

        var connected = await StartAsync(
            environment,
            [
                "connect", endpoint.ToString(), "--connection", Name, "--transport", "http",
                "--era", era, "--elicit", "form",
            ]);
        Assert.True(connected.ExitCode == 0, connected.Said);
        return new InspectorConnection(environment);
    }

    public async Task<JsonNode> RunAsync(params IEnumerable<string> command)
    {
        var run = await StartAsync(_environment, ["--connection", Name, .. command]);
        Assert.True(run.ExitCode == 0, run.Said);
        return JsonNode.Parse(run.Output)!;
    }

    public async ValueTask DisposeAsync() => await StartAsync(_environment, ["daemon", "stop"]);

    private static Task<ProgramRun> StartAsync(Dictionary<string, string> environment, IEnumerable<string> command) =>
        ChildProgram.RunAsync(
            Workspace.Node,
            [Workspace.Package("clients", Program), "--format", "json", .. command],
            environment,
            TimeSpan.FromSeconds(60));

    [GeneratedRegex("export (\\w+)='([^']*)'")]
    private static partial Regex Export();
}
