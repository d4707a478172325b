using System.Net;
using Smcp.EndToEnd.Serving;
using Smcp.TestSupport;
using Smcp.Testing;

namespace Smcp.Nodes;

/// <summary>What keeps a node from starting is said in a sentence, never by a stack trace.</summary>
public sealed class NodeStartTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(10);

    [Theory]
    [InlineData("--unknown", 2, "There is no option --unknown")]
    [InlineData("--role", 2, "--role needs a value")]
    [InlineData("--role=boss", 1, "boss")]
    [InlineData("--address=nowhere", 1, "nowhere")]
    [InlineData("--urls=http://0.0.0.0:0", 1, "--public-url")]
    [InlineData("--servers=missing.dll", 1, "missing.dll")]
    [InlineData("--Smcp:Silo:Membership:MissedProbesMax=0", 1, "MissedProbesMax")]
    public async Task Start_FailsWithASentence_WhenTheLineIsWrong(string argument, int exitCode, string sentence)
    {
        var ports = FreePorts.Take(2);
        string[] place =
        [
            "--silo-port", LocalNodes.Text(ports[0]), "--gateway-port", LocalNodes.Text(ports[1]),
            $"--Smcp:Silo:PrimarySiloPort={ports[0]}",
        ];
        string[] urls = argument.StartsWith("--urls", StringComparison.Ordinal) ? [] : ["--urls", "http://127.0.0.1:0"];
        await using var node = NodeProgram.Launch([.. place, .. urls, argument], LocalNodes.Environment);

        AssertSaid(await node.WaitAsync(Deadline), exitCode, sentence);
    }

    [Fact]
    public async Task Gateway_FailsWithASentence_WhenThereIsNoSilo()
    {
        await using var node = NodeProgram.Launch(
            [
                "--role", "gateway", "--urls", "http://127.0.0.1:0", "--Smcp:Silo:ConnectTimeout=00:00:00",
                "--gateway-port", LocalNodes.Text(FreePorts.Take(1)[0]),
            ],
            LocalNodes.Environment);

        AssertSaid(await node.WaitAsync(Deadline), 1, "cluster cannot be joined");
    }

    /// <summary>Orleans speaks of its garbage collector while a silo starts.</summary>
    [Fact]
    public async Task Silo_EndsWithoutAnError_WhenItIsToldToStopWhileItStarts()
    {
        var ports = FreePorts.Take(2);
        await using var node = NodeProgram.Launch(
            LocalNodes.Silo(ports[0], ports[1], ports[0]), LocalNodes.Environment);
        await node.WaitForLineAsync("ServerGC", Deadline);

        await ChildProgram.RunAsync("kill", ["-TERM", LocalNodes.Text(node.Id)]);

        var run = await node.WaitAsync(Deadline);
        Assert.True(run.ExitCode == 0, run.Said);
        Assert.DoesNotContain("Unhandled", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Node_IsReady_OnlyOnceTheOperatorsKeyIsWritten()
    {
        using var folder = new DataFolder();
        var ports = FreePorts.Take(3);
        var key = Path.Combine(folder.Path, "operator.key");
        await using var node = NodeProgram.Launch(
            [
                .. LocalNodes.Silo(ports[0], ports[1], ports[0]), "--role", "all",
                "--urls", $"http://127.0.0.1:{ports[2]}", $"--Smcp:Silo:OperatorKeyFile={key}",
            ],
            LocalNodes.Environment);

        await ReadyAsync(new Uri($"http://127.0.0.1:{ports[2]}/health/ready"));

        Assert.True(File.Exists(key));
    }

    /// <summary>Asks so often that the first moment of readiness is seen.</summary>
    private static async Task ReadyAsync(Uri question)
    {
        using var deadline = new CancellationTokenSource(Deadline, TimeProvider.System);
        using var http = new HttpClient();
        using var timer = new PeriodicTimer(Period, TimeProvider.System);
        while (await timer.WaitForNextTickAsync(deadline.Token))
        {
            try
            {
                using var answer = await http.GetAsync(question, deadline.Token);
                if (answer.StatusCode == HttpStatusCode.OK)
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // It does not listen yet.
            }
        }
    }

    private static void AssertSaid(ProgramRun run, int exitCode, string sentence)
    {
        Assert.True(run.ExitCode == exitCode, run.Said);
        Assert.Contains(sentence, run.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Errors, StringComparison.Ordinal);
        Assert.Single(run.Errors.Trim().Split('\n'));
    }
}
