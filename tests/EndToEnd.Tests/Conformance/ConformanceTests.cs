using System.Text.RegularExpressions;
using Smcp.EndToEnd.Serving;
using Xunit.Abstractions;

namespace Smcp.EndToEnd.Conformance;

/// <summary>
/// The official suites, against the one URL: no failure and no warning, scored or not. There is no list of expected
/// failures.
/// </summary>
[Collection(ServedCollection.Name)]
public sealed partial class ConformanceTests(ServedFixture served, ITestOutputHelper output)
{
    [NodeTheory("conformance/released", "conformance/next")]
    [InlineData("conformance/released", "--suite all", 40)]
    [InlineData("conformance/next", "--suite all", 180)]
    [InlineData("conformance/next", "--requirements 2025-11-25", 75)]
    [InlineData("conformance/next", "--requirements 2026-07-28", 180)]
    public async Task Suite_HasNoFailureAndNoWarning(string version, string selection, int checksMin)
    {
        using var results = new DataFolder();
        var run = await ChildProgram.RunAsync(
            Workspace.Node,
            [
                Workspace.Package(version, "@modelcontextprotocol/conformance/dist/index.js"),
                "server", "--url", served.Everything.ToString(), "-o", results.Path, .. selection.Split(' '),
            ]);
        var checks = ConformanceCheck.ReadAll(results.Path);
        var bad = checks.Where(c => c.IsBad).ToList();
        var passed = checks.Count(c => c.Status == "SUCCESS");
        output.WriteLine($"{version} {selection}: {passed} checks passed, {bad.Count} did not.");

        Assert.True(bad.Count == 0, $"{string.Join('\n', bad)}\n{FailedScenarios(run.Output)}");
        Assert.True(run.ExitCode == 0, run.Said);
        Assert.True(passed >= checksMin, $"Only {passed} checks ran, of at least {checksMin} expected.\n{run.Output}");
    }

    /// <summary>A scenario that broke off has no file: only the summary tells of it.</summary>
    private static string FailedScenarios(string said) =>
        string.Join('\n', FailedLine().Matches(said).Select(m => m.Value));

    [GeneratedRegex("^.*✗.*$", RegexOptions.Multiline)]
    private static partial Regex FailedLine();
}
