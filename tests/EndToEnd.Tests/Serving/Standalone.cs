namespace Smcp.EndToEnd.Serving;

/// <summary>Smcp itself, as a user starts it: a child process on a free port with a data folder.</summary>
internal sealed class Standalone : IAsyncDisposable
{
    private const string ReadyLine = "Smcp is ready: ";

    private readonly ChildProgram _program;

    private Standalone(ChildProgram program, Uri url)
    {
        _program = program;
        Url = url;
    }

    /// <summary>The address that it printed.</summary>
    public Uri Url { get; }

    public int ProcessId => _program.Id;

    /// <summary>
    /// Starts it, with a failpoint of <c>tests/Failpoints</c> if one is named, and waits until it is ready.
    /// </summary>
    public static async Task<Standalone> StartAsync(
        string dataFolder, IEnumerable<string>? arguments = null, string? failpoint = null)
    {
        var child = Launch(["--urls", "http://127.0.0.1:0", "--data", dataFolder, .. arguments ?? []], failpoint);
        try
        {
            var line = await child.WaitForLineAsync(ReadyLine, TimeSpan.FromSeconds(60));
            return new Standalone(child, new Uri(line.Split(ReadyLine)[1].Split(' ')[0]));
        }
        catch
        {
            await child.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts it with just these arguments, and lets the caller watch what becomes of it.</summary>
    public static ChildProgram Launch(IEnumerable<string> arguments, string? failpoint = null) => ChildProgram.Start(
        "dotnet", ["exec", Workspace.Standalone, .. arguments], failpoint is null ? null : Failing(failpoint));

    /// <summary>The MCP endpoint of one of its servers.</summary>
    public Uri Endpoint(string server) => new(Url, $"/t/default/s/{server}/mcp");

    public Task KillAsync() => _program.KillAsync();

    /// <summary>Ctrl-C, and how it ended.</summary>
    public async Task<ProgramRun> StopAsync(TimeSpan deadline)
    {
        await _program.InterruptAsync();
        return await _program.WaitAsync(deadline);
    }

    public ValueTask DisposeAsync() => _program.DisposeAsync();

    private static Dictionary<string, string> Failing(string failpoint) => new()
    {
        ["DOTNET_STARTUP_HOOKS"] = Workspace.Failpoints,
        ["SMCP_FAILPOINT"] = failpoint,
    };
}
