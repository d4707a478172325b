using Smcp.EndToEnd.Serving;
using Xunit.Abstractions;

namespace Smcp.EndToEnd.Conformance;

/// <summary>
/// The official suites, against the one URL: no failure and no warning, scored or not. There is no list of expected
/// failures.
/// </summary>
[Collection(ServedCollection.Name)]
public sealed class ConformanceTests(ServedFixture served, ITestOutputHelper output)
{
    [NodeTheory("conformance/released", "conformance/next")]
    [InlineData("conformance/released", "--suite all", 40)]
    [InlineData("conformance/next", "--suite all", 180)]
    [InlineData("conformance/next", "--requirements 2025-11-25", 75)]
    [InlineData("conformance/next", "--requirements 2026-07-28", 180)]
    public async Task Suite_HasNoFailureAndNoWarning(string version, string selection, int checksMin)
    {
        var run = await ConformanceRun.OfAsync(version, selection, served.Everything);
        output.WriteLine($"{version} {selection}: {run.Passed} checks passed, {run.Bad.Count} did not.");

        Assert.True(run.Bad.Count == 0, run.ToString());
        Assert.True(run.Program.ExitCode == 0, run.Program.Said);
        Assert.True(
            run.Passed >= checksMin,
            $"Only {run.Passed} checks ran, of at least {checksMin} expected.\n{run.Program.Output}");
    }
}
