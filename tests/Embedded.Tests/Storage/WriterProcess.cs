using System.Diagnostics;

namespace Smcp.Storage;

/// <summary>The program tests/StorageWriter, run as a process that can be killed or traced.</summary>
internal sealed class WriterProcess : IDisposable
{
    private readonly Process _process;

    private WriterProcess(Process process) => _process = process;

    public StreamReader Output => _process.StandardOutput;

    public static WriterProcess Start(params string[] arguments) => Start("dotnet", [Program, .. arguments]);

    /// <summary>Runs it to its end under strace.</summary>
    public static async Task TraceAsync(string traceFile, params string[] arguments)
    {
        using var traced = Start(
            "strace",
            [
                "-f", "-y", "-xx", "-s", "1048576", "-e", $"trace={SyscallTrace.Calls}", "-e", "signal=none",
                "-o", traceFile, "dotnet", Program, .. arguments,
            ]);
        await traced.Output.ReadToEndAsync();
        await traced._process.WaitForExitAsync();
        Assert.True(traced._process.ExitCode == 0, $"The traced writer ended with {traced._process.ExitCode}.");
    }

    /// <summary>SIGKILL.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }

    private static string Program => typeof(WriterRun).Assembly.Location;

    private static WriterProcess Start(string program, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true };
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        return new WriterProcess(Process.Start(start)!);
    }
}
