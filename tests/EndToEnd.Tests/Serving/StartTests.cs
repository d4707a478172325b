using System.Net;
using System.Net.Sockets;

namespace Smcp.EndToEnd.Serving;

/// <summary>What keeps Smcp from starting is said in a sentence, never by a stack trace.</summary>
public sealed class StartTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    [Theory]
    [InlineData("--unknown", 2, "There is no option --unknown")]
    [InlineData("--data", 2, "--data needs a value")]
    [InlineData("--urls=http://0.0.0.0:0", 1, "--public-url")]
    [InlineData("--urls=http://*:0", 1, "--public-url")]
    [InlineData("--servers=missing.dll", 1, "missing.dll")]
    [InlineData("--Smcp:Sessions:CallsInFlightMax=0", 1, "CallsInFlightMax")]
    [InlineData("--Smcp:Sessions:CallsInFlightMax=many", 1, "CallsInFlightMax")]
    public async Task Start_FailsWithASentence_WhenTheLineIsWrong(string argument, int exitCode, string sentence)
    {
        using var data = new DataFolder();
        var hasUrls = argument.StartsWith("--urls", StringComparison.Ordinal);
        string[] place = hasUrls ? [] : ["--urls", "http://127.0.0.1:0"];
        await using var smcp = Standalone.Launch([.. place, "--Smcp:Data=" + data.Path, argument]);

        AssertSaid(await smcp.WaitAsync(Deadline), exitCode, sentence);
    }

    [Fact]
    public async Task Start_FailsWithASentence_WhenThePortIsTaken()
    {
        using var data = new DataFolder();
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        await using var smcp = Standalone.Launch(["--urls", $"http://{taken.LocalEndpoint}", "--data", data.Path]);

        AssertSaid(await smcp.WaitAsync(Deadline), 1, "is taken");
    }

    [Fact]
    public async Task Start_FailsWithASentence_WhenTheDataFolderIsAFile()
    {
        using var data = new DataFolder();
        var file = Path.Combine(data.Path, "file");
        await File.WriteAllTextAsync(file, "not a folder");
        await using var smcp = Standalone.Launch(["--urls", "http://127.0.0.1:0", "--data", file]);

        AssertSaid(await smcp.WaitAsync(Deadline), 1, file);
    }

    [Fact]
    public async Task Start_FailsWithASentence_WhenTheDataFolderIsInUse()
    {
        using var data = new DataFolder();
        await using var first = await Standalone.StartAsync(data.Path);
        await using var second = Standalone.Launch(["--urls", "http://127.0.0.1:0", "--data", data.Path]);

        AssertSaid(await second.WaitAsync(Deadline), 1, data.Path);
    }

    [Fact]
    public async Task Start_FailsWithASentence_WhenTheFolderWasMovedIntoACluster()
    {
        using var data = new DataFolder();
        await File.WriteAllTextAsync(Path.Combine(data.Path, "moved"), "moved");
        await using var smcp = Standalone.Launch(["--urls", "http://127.0.0.1:0", "--data", data.Path]);

        AssertSaid(await smcp.WaitAsync(Deadline), 1, "moved into a cluster");
    }

    [Fact]
    public async Task Start_LeavesNothing_WhenAServerIsMissing()
    {
        using var data = new DataFolder();
        var folder = Path.Combine(data.Path, "new");
        await using var smcp = Standalone.Launch(
            ["--urls", "http://127.0.0.1:0", "--data", folder, "--servers", "missing.dll"]);

        AssertSaid(await smcp.WaitAsync(Deadline), 1, "missing.dll");
        Assert.False(Directory.Exists(folder));
    }

    [Fact]
    public async Task Server_AsksForACredential_WhenThePublicUrlBringsOthersToLoopback()
    {
        using var data = new DataFolder();
        await using var smcp = await Standalone.StartAsync(
            data.Path, ["--public-url", "https://mcp.example.org"]);
        using var http = new HttpClient();

        using var answer = await http.GetAsync(smcp.Endpoint("echo"));

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact]
    public async Task Help_ListsTheOptions()
    {
        await using var smcp = Standalone.Launch(["--help"]);

        var run = await smcp.WaitAsync(Deadline);

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("--public-url", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_PrintsTheLinesToPaste_UnderThePublicUrl()
    {
        using var data = new DataFolder();
        await using var smcp = Standalone.Launch(
            ["--urls", "http://127.0.0.1:0", "--data", data.Path, "--public-url", "https://mcp.example.org"]);

        await smcp.WaitForLineAsync(
            "claude mcp add --transport http echo https://mcp.example.org/t/default/s/echo/mcp", Deadline);
    }

    private static void AssertSaid(ProgramRun run, int exitCode, string sentence)
    {
        Assert.True(run.ExitCode == exitCode, run.Said);
        Assert.Contains(sentence, run.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Said, StringComparison.Ordinal);
        Assert.Single(run.Errors.Trim().Split('\n'));
    }
}
