using System.Text.RegularExpressions;
using Smcp.EndToEnd.Serving;

namespace Smcp.EndToEnd.Conformance;

/// <summary>What an official suite found of a server.</summary>
internal sealed partial record ConformanceRun(IReadOnlyList<ConformanceCheck> Checks, ProgramRun Program)
{
    public IReadOnlyList<ConformanceCheck> Bad { get; } = [.. Checks.Where(check => check.IsBad)];

    public int Passed { get; } = Checks.Count(check => check.Status == "SUCCESS");

    /// <summary>A scenario that broke off has no file: only the summary tells of it.</summary>
    public IReadOnlyList<string> FailedScenarios { get; } =
        [.. FailedLine().Matches(Program.Output).Select(match => match.Value)];

    /// <param name="version">The folder of this project that has the suite.</param>
    /// <param name="selection">Which scenarios, as the suite's own options.</param>
    /// <param name="server">The server.</param>
    public static async Task<ConformanceRun> OfAsync(string version, string selection, Uri server)
    {
        using var results = new DataFolder();
        var run = await ChildProgram.RunAsync(
            Workspace.Node,
            [
                Workspace.Package(version, "@modelcontextprotocol/conformance/dist/index.js"),
                "server", "--url", server.ToString(), "-o", results.Path, .. selection.Split(' '),
            ]);
        return new ConformanceRun(ConformanceCheck.ReadAll(results.Path), run);
    }

    /// <summary>Everything that was wrong, for the message of a failed assertion.</summary>
    public override string ToString() => $"{string.Join('\n', Bad)}\n{string.Join('\n', FailedScenarios)}";

    [GeneratedRegex("^.*✗.*$", RegexOptions.Multiline)]
    private static partial Regex FailedLine();
}
