using System.Globalization;
using Smcp.EndToEnd.Serving;

namespace Smcp.Testing;

/// <summary>A node of a cluster as an operator starts it: a child process.</summary>
internal sealed class NodeProgram : IAsyncDisposable
{
    private const string ReadyText = " is ready: ";

    private readonly ChildProgram _program;

    private NodeProgram(ChildProgram program, Uri url)
    {
        _program = program;
        Url = url;
    }

    /// <summary>Where it listens for HTTP, as it printed it.</summary>
    public Uri Url { get; }

    public int ProcessId => _program.Id;

    public bool HasExited => _program.HasExited;

    /// <summary>Most of a start is compiling, which other work on the machine draws out.</summary>
    private static TimeSpan StartPatience => TimeSpan.FromSeconds(120) * Math.Min(2, MachineLoad.Crowding);

    /// <summary>The program, built in the same configuration as these tests.</summary>
    private static string Program
    {
        get
        {
            var here = AppContext.BaseDirectory.TrimEnd('/', '\\');
            return Path.GetFullPath(Path.Combine(here, "..", "..", "Silo", Path.GetFileName(here), "Smcp.Silo.dll"));
        }
    }

    /// <summary>Starts a node, in a network namespace if one is named, and waits until it is ready.</summary>
    public static async Task<NodeProgram> StartAsync(
        IEnumerable<string> arguments, IDictionary<string, string>? environment = null, string? network = null)
    {
        var child = Launch(arguments, environment, network);
        try
        {
            var line = await child.WaitForLineAsync(ReadyText, StartPatience);
            return new NodeProgram(child, new Uri(line.Split(ReadyText)[1].Trim()));
        }
        catch
        {
            await child.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts a node, and lets the caller watch what becomes of it.</summary>
    public static ChildProgram Launch(
        IEnumerable<string> arguments, IDictionary<string, string>? environment = null, string? network = null)
    {
        string[] line = ["dotnet", "exec", Program, .. arguments];
        return network is null
            ? ChildProgram.Start(line[0], line[1..], environment)
            : ChildProgram.Start("nsenter", [$"--net=/run/netns/{network}", .. line], environment);
    }

    /// <summary>SIGKILL.</summary>
    public Task KillAsync() => _program.KillAsync();

    /// <summary>SIGSTOP: the process holds what it has, and answers nobody.</summary>
    public Task PauseAsync() => SignalAsync("STOP");

    /// <summary>SIGCONT.</summary>
    public Task ContinueAsync() => SignalAsync("CONT");

    /// <summary>SIGTERM, and how it ended.</summary>
    public async Task<ProgramRun> StopAsync(TimeSpan deadline)
    {
        await SignalAsync("TERM");
        return await _program.WaitAsync(deadline);
    }

    /// <summary>Waits for it to end by itself; it may also live on.</summary>
    public async Task<bool> EndsAsync(TimeSpan patience)
    {
        try
        {
            await _program.WaitAsync(patience);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    /// <summary>Ends it as a lost node ends, and returns what it said.</summary>
    public async Task<ProgramRun> EndAsync()
    {
        if (!_program.HasExited)
        {
            await _program.KillAsync();
        }

        return await _program.WaitAsync(StartPatience);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_program.HasExited)
        {
            await SignalAsync("CONT");
        }

        await _program.DisposeAsync();
    }

    private Task<ProgramRun> SignalAsync(string signal) =>
        ChildProgram.RunAsync("kill", [$"-{signal}", _program.Id.ToString(CultureInfo.InvariantCulture)]);
}
