using System.Diagnostics;

namespace Smcp.Storage;

/// <summary>A small file system in memory, to fill or to make read-only.</summary>
internal sealed class TemporaryMount : IDisposable
{
    public TemporaryMount(string options)
    {
        Folder = Directory.CreateTempSubdirectory("smcp-mount-").FullName;
        Run("mount", "-t", "tmpfs", "-o", options, "tmpfs", Folder);
    }

    public string Folder { get; }

    public void MakeReadOnly() => Run("mount", "-o", "remount,ro", Folder);

    public void Dispose()
    {
        Run("umount", Folder);
        Directory.Delete(Folder);
    }

    private static void Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new IOException($"{program} failed: {error}");
        }
    }
}
