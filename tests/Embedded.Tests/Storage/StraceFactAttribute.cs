using System.ComponentModel;
using System.Diagnostics;

namespace Smcp.Storage;

/// <summary>A test that needs strace, and the right to trace a process.</summary>
internal sealed class StraceFactAttribute : FactAttribute
{
    private static readonly Lazy<string?> Hindrance = new(Try);

    public StraceFactAttribute() => Skip = Hindrance.Value;

    private static string? Try()
    {
        try
        {
            var start = new ProcessStartInfo("strace", ["-o", "/dev/null", "true"]) { RedirectStandardError = true };
            using var process = Process.Start(start)!;
            process.WaitForExit();
            return process.ExitCode == 0 ? null : "strace may trace no process here";
        }
        catch (Win32Exception)
        {
            return "strace is not installed (Linux: sudo apt-get install strace)";
        }
    }
}
