using Smcp.EndToEnd.Serving;
using Smcp.TestSupport;
using Smcp.Testing;

namespace Smcp.Nodes;

/// <summary>What keeps a node from starting is said in a sentence, never by a stack trace.</summary>
public sealed class NodeStartTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(90);

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

    private static void AssertSaid(ProgramRun run, int exitCode, string sentence)
    {
        Assert.True(run.ExitCode == exitCode, run.Said);
        Assert.Contains(sentence, run.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Errors, StringComparison.Ordinal);
        Assert.Single(run.Errors.Trim().Split('\n'));
    }
}
