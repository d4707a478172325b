using System.Text;
using Smcp.EndToEnd.Runtimes;
using Smcp.EndToEnd.Serving;
using Xunit.Abstractions;

namespace Smcp.EndToEnd.Conformance;

/// <summary>
/// The official suites against a fixture that is not ours to run: written in JavaScript on the official SDK, as a
/// program in a jail, as a worker, and as a server elsewhere. No failure and no warning, scored or not, but for what
/// <see cref="IsExpected"/> says.
/// </summary>
[Collection(RuntimesCollection.Name)]
public sealed class RuntimeConformanceTests(RuntimesFixture runtimes, ITestOutputHelper output)
{
    private const string Tasks = "tasks-";

    /// <summary>
    /// Each era by each runtime; what these repeat for one revision's requirements is for ./test --full.
    /// </summary>
    public static TheoryData<string, string, string, int> Suites
    {
        get
        {
            var suites = new TheoryData<string, string, string, int>();
            foreach (var runtime in new[] { "process", "worker", "remote" })
            {
                suites.Add(runtime, "conformance/released", "--suite all", 45);
                suites.Add(runtime, "conformance/next", "--suite all", 200);
                if (Workspace.IsFull)
                {
                    suites.Add(runtime, "conformance/next", "--requirements 2025-11-25", 82);
                    suites.Add(runtime, "conformance/next", "--requirements 2026-07-28", 164);
                }
            }

            return suites;
        }
    }

    [JailTheory("fixture", "conformance/released", "conformance/next")]
    [MemberData(nameof(Suites))]
    public async Task Suite_HasNoFailureAndNoWarning_Through(
        string runtime, string version, string selection, int checksMin)
    {
        var server = await runtimes.FixtureAsync(runtime);
        await WarmAsync(server);
        var run = await ConformanceRun.OfAsync(version, selection, server);
        output.WriteLine($"{runtime} {version} {selection}: {run.Passed} checks passed, {run.Bad.Count} did not.");

        Assert.True(run.Bad.All(IsExpected), run.ToString());
        Assert.All(run.FailedScenarios, line => Assert.Contains(Tasks, line, StringComparison.Ordinal));
        Assert.True(
            run.Passed >= checksMin,
            $"Only {run.Passed} checks ran, of at least {checksMin} expected.\n{run.Program.Output}");
    }

    /// <summary>
    /// Clients of 2026-07-28 on a server that only has sessions. What the bridge cannot know is named: which key a
    /// server of 2026-07-28 would have given its question, so an answer that comes without a state is to no question of
    /// ours; and that a tool's own failure was for want of a capability.
    /// </summary>
    [JailTheory("fixture", "conformance/next")]
    [InlineData("--requirements 2026-07-28", 150)]
    public async Task Suite_FailsOnlyInWhatSessionsLack_ThroughTheBridge(string selection, int checksMin)
    {
        string[] lacking =
        [
            "sep-2322-elicitation-incomplete", "sep-2322-ignore-unexpected-params",
            "sep-2575-missing-capability-http-400", "sep-2575-server-rejects-undeclared-capability",
        ];
        var run = await ConformanceRun.OfAsync(
            "conformance/next", selection, await runtimes.FixtureAsync("legacy-remote"));
        output.WriteLine($"bridged {selection}: {run.Passed} checks passed, {run.Bad.Count} did not.");

        Assert.Equal(lacking, run.Bad.Where(check => !IsExpected(check)).Select(check => check.Id).Order());
        Assert.True(
            run.Passed >= checksMin,
            $"Only {run.Passed} checks ran, of at least {checksMin} expected.\n{run.Program.Output}");
    }

    [NodeTheory("fixture", "conformance/next")]
    [InlineData(9)]
    public async Task ExpectedFailures_AreTheFixturesOwn_WhereNobodyIsBetween(int scenarios)
    {
        var direct = await ConformanceRun.OfAsync(
            "conformance/next", "--suite all", await runtimes.StartElsewhereAsync());

        Assert.Equal(
            scenarios, direct.FailedScenarios.Count(line => line.Contains(Tasks, StringComparison.Ordinal)));
    }

    /// <summary>
    /// The suite waits 600 ms for a first frame, and a program begins anew for each set of capabilities: that of the
    /// scenario that counts so short a time runs already, as it would where clients come and go.
    /// </summary>
    private static async Task WarmAsync(Uri server)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, server)
        {
            Content = new StringContent(
                """
                {"jsonrpc":"2.0","id":1,"method":"tools/list","params":{"_meta":{
                "io.modelcontextprotocol/protocolVersion":"2026-07-28",
                "io.modelcontextprotocol/clientCapabilities":{"elicitation":{}}}}}
                """,
                Encoding.UTF8,
                "application/json"),
        };
        request.Headers.Add("Accept", "application/json, text/event-stream");
        request.Headers.Add("MCP-Protocol-Version", "2026-07-28");
        request.Headers.Add("Mcp-Method", "tools/list");
        using var answer = await http.SendAsync(request);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>
    /// Scenarios of the extension <c>io.modelcontextprotocol/tasks</c>, which no suite scores: the SDK 2.4.0 has no
    /// tasks, so no server on it passes them.
    /// </summary>
    private static bool IsExpected(ConformanceCheck check) =>
        check.Scenario.StartsWith($"server-{Tasks}", StringComparison.Ordinal);
}
