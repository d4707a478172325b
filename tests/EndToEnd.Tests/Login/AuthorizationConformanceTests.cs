using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Smcp.EndToEnd.Conformance;
using Smcp.EndToEnd.Serving;
using Xunit.Abstractions;

namespace Smcp.EndToEnd.Login;

/// <summary>
/// The official suite's scenarios of an authorization server (the released suite has none); what a person does in the
/// browser, an HTTP client does. Where no resource is named, as by clients of 2025-03-26, the person picks the server.
/// </summary>
[Collection(MembersCollection.Name)]
public sealed class AuthorizationConformanceTests(MembersFixture members, ITestOutputHelper output)
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    [NodeTheory("conformance/next")]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Suite_HasNoFailureAndNoWarning(bool namesTheServer)
    {
        using var results = new DataFolder();
        var port = FreePort();
        var client = await members.RegisterAsync($"http://127.0.0.1:{port}/callback");
        await using var suite = ChildProgram.Start(
            Workspace.Node,
            [
                Workspace.Package("conformance/next", "@modelcontextprotocol/conformance/dist/index.js"),
                "authorization", "--url", members.Issuer, "--client-id", client, "-p", port, "-o", results.Path,
                .. namesTheServer ? ["--resource", members.Everything.ToString()] : Array.Empty<string>(),
            ]);
        var request = await suite.WaitForLineAsync($"{members.Issuer}/authorize?", Deadline);

        using var visitor = new FormVisitor();
        var login = await visitor.OpenAsync(request.Trim());
        var consent = await visitor.SubmitAsync(
            login,
            ("organization", "default"), ("username", MembersFixture.Member), ("password", MembersFixture.Password));
        var returned = await visitor.SubmitAsync(consent, ("server", "everything"), ("decision", "approve"));

        var run = await suite.WaitAsync(Deadline);
        Assert.True(returned.Url.Port.ToString(CultureInfo.InvariantCulture) == port, returned.Text);
        var checks = ConformanceCheck.ReadAll(results.Path);
        output.WriteLine(string.Join('\n', checks));
        Assert.DoesNotContain(checks, check => check.IsBad);
        Assert.Contains(checks, check => check is { Id: "authorization-code-grant", Status: "SUCCESS" });
        Assert.Contains(checks, check => check is { Id: "authorization-server-metadata", Status: "SUCCESS" });
        Assert.True(run.ExitCode == 0, run.Said);
    }

    /// <summary>The suite takes no port 0: one that is free now.</summary>
    private static string FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);
    }
}
