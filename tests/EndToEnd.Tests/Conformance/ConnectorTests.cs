using Smcp.EndToEnd.Serving;
using Xunit.Abstractions;

namespace Smcp.EndToEnd.Conformance;

/// <summary>
/// The official client suites, against what the product is as a client: it reaches the suite's servers as servers
/// elsewhere, and a user's client reaches them through it. What a revision requires has no failure and no warning.
/// </summary>
public sealed class ConnectorTests(ConnectorFixture connector, ITestOutputHelper output)
    : IClassFixture<ConnectorFixture>
{
    // Extensions of authorization that nobody has to have, and we have not (the suite does not score them either).
    private static readonly string[] NotServed =
    [
        "auth/client-credentials-jwt", "auth/enterprise-managed-authorization", "auth/dpop", "auth/dpop-nonce",
        "auth/wif-jwt-bearer",
    ];

    [NodeTheory("conformance/next", "clients")]
    [InlineData("2025-11-25", 280)]
    [InlineData("2026-07-28", 460)]
    public async Task Suite_HasNoFailureAndNoWarning(string revision, int checksMin)
    {
        using var results = new DataFolder();
        var run = await ChildProgram.RunAsync(
            Workspace.Node,
            [
                "--import", Path.Combine(Workspace.Scripts, "conformance", "ports.mjs"),
                Workspace.Package("conformance/next", "@modelcontextprotocol/conformance/dist/index.js"),
                "client", "--command", $"{Workspace.Node} {Path.Combine(Workspace.Scripts, "clients", "scenario.mjs")}",
                "--requirements", revision, "--timeout", "120000", "-o", results.Path,
            ],
            connector.Environment);
        var checks = ConformanceCheck.ReadAll(results.Path)
            .Where(check => !NotServed.Any(name => check.Scenario.StartsWith(name + "-2", StringComparison.Ordinal)))
            .ToList();
        var bad = checks.Where(check => check.IsBad).ToList();
        var passed = checks.Count(check => check.Status == "SUCCESS");
        output.WriteLine($"{revision}: {passed} checks passed, {bad.Count} did not.");

        Assert.True(bad.Count == 0, $"{string.Join('\n', bad)}\n{run.Output}");
        Assert.True(run.ExitCode == 0, run.Said);
        Assert.True(passed >= checksMin, $"Only {passed} checks ran, of at least {checksMin} expected.\n{run.Output}");
    }
}
