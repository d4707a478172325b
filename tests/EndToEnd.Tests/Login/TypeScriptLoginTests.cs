using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Smcp.EndToEnd.Serving;

namespace Smcp.EndToEnd.Login;

/// <summary>The TypeScript client logs its person in, and its person at Chromium agrees, or does not.</summary>
[Collection(MembersCollection.Name)]
public sealed class TypeScriptLoginTests(MembersFixture members)
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(90);

    [BrowserFact]
    public async Task RegisteredClient_LogsIn_AndRefreshesWhatEnded()
    {
        await using var person = await members.MeetAsync();
        await using var client = Start("registered");

        await person.LogInAsync(await PageOfAsync(client), MembersFixture.Member);
        await person.AllowAsync();

        var seen = await EndOfAsync(client);
        Assert.Equal("This is a simple text response for testing.", (string?)seen["text"]);
        Assert.Equal("mcp:tools", (string?)seen["scope"]);
        Assert.Equal(1, (int?)seen["refreshed"]);
        Assert.Equal(1, (int?)seen["askedInAll"]);
    }

    [BrowserFact]
    public async Task ClientThatIsADocument_LogsIn_AndRefreshesWhatEnded()
    {
        await using var person = await members.MeetAsync();
        await using var client = Start("documented", members.Documents.Client);

        await person.LogInAsync(await PageOfAsync(client), MembersFixture.Member);
        var published = await person.Page.GetByText(new Uri(members.Documents.Client).Authority).CountAsync();
        await person.AllowAsync();

        var seen = await EndOfAsync(client);
        Assert.True(published > 0);
        Assert.Equal(members.Documents.Client, (string?)seen["client"]);
        Assert.Equal("This is a simple text response for testing.", (string?)seen["text"]);
        Assert.Equal(1, (int?)seen["refreshed"]);
    }

    [BrowserFact]
    public async Task Client_AsksItsPersonAgain_WhenAToolNeedsMore()
    {
        await using var person = await members.MeetAsync();
        await using var client = Start("narrow");

        await person.LogInAsync(await PageOfAsync(client), MembersFixture.Member);
        await person.AllowAsync();
        await person.Page.GotoAsync(await PageOfAsync(client));
        await person.AllowAsync();

        var seen = await EndOfAsync(client);
        Assert.Equal(("mcp:read", "mcp:read mcp:tools"), ((string?)seen["narrow"], (string?)seen["scope"]));
        Assert.Equal("This is a simple text response for testing.", (string?)seen["text"]);
        Assert.Equal(2, (int?)seen["askedInAll"]);
    }

    [BrowserFact]
    public async Task Client_IsTold_WhenItsPersonDoesNotAgree()
    {
        await using var person = await members.MeetAsync();
        await using var client = Start("registered");

        await person.LogInAsync(await PageOfAsync(client), MembersFixture.Member, "not the password");
        Assert.Equal("Wrong name or password.", await person.ProblemAsync());
        await person.LogInHereAsync(MembersFixture.Member);
        await person.DenyAsync();

        var seen = await EndOfAsync(client);
        Assert.Contains("access_denied", (string?)seen["refused"], StringComparison.Ordinal);
    }

    [BrowserFact]
    public async Task Client_IsTold_WhenItsPersonMayNot()
    {
        await using var person = await members.MeetAsync();
        await using var client = Start("registered");

        await person.LogInAsync(await PageOfAsync(client), MembersFixture.Guest);
        await person.AllowAsync();

        // The consent is a guest's to give; what it is worth is said where the token would be.
        var seen = await EndOfAsync(client);
        Assert.Matches("access_denied|invalid_scope", (string?)seen["refused"]);
    }

    [NodeFact("clients")]
    public async Task Robot_LogsItselfIn_ByItsOwnKey()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var robot = await members.RegisterRobotAsync(key);

        var run = await ChildProgram.RunAsync(
            Workspace.Node,
            [
                Path.Combine(Workspace.Scripts, "clients", "robot.mjs"),
                members.Everything.ToString(), robot, members.Issuer,
            ],
            new Dictionary<string, string> { ["CLIENT_KEY"] = key.ExportPkcs8PrivateKeyPem() },
            Deadline);

        Assert.True(run.ExitCode == 0, run.Said);
        var seen = JsonNode.Parse(run.Output)!;
        Assert.Equal("This is a simple text response for testing.", (string?)seen["text"]);
        Assert.Equal("mcp:tools", (string?)seen["scope"]);
    }

    private ChildProgram Start(params string[] arguments) => ChildProgram.Start(
        Workspace.Node,
        [Path.Combine(Workspace.Scripts, "clients", "login.mjs"), members.Everything.ToString(), .. arguments]);

    private static async Task<string> PageOfAsync(ChildProgram client)
    {
        var line = JsonNode.Parse(await client.WaitForLineAsync("{", Deadline))!;
        return (string?)line["open"] ?? throw new InvalidOperationException(line.ToJsonString());
    }

    private static async Task<JsonNode> EndOfAsync(ChildProgram client) =>
        JsonNode.Parse(await client.WaitForLineAsync("{", Deadline))!;
}
