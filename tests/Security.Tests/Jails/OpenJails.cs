using System.Diagnostics;
using Smcp.Runtimes.Jails;

namespace Smcp.Threats;

/// <summary>
/// What there would be without the jail: the program is started by a shell of the host, as this process's user, with
/// this process's environment.
/// </summary>
internal sealed class OpenJails : IJails
{
    public Task<IJailedProcess> StartAsync(JailStart start, CancellationToken cancellationToken)
    {
        var command = start.Arguments.Prepend(OnHost(start, start.Executable));
        var line = new ProcessStartInfo("/bin/sh", ["-c", string.Join(' ', command)])
        {
            WorkingDirectory = OnHost(start, start.WorkingFolder),
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in start.Environment)
        {
            line.Environment[name] = value;
        }

        return Task.FromResult<IJailedProcess>(new OpenProcess(Process.Start(line)!));
    }

    private static string OnHost(JailStart start, string path) => start.Folders
        .Where(folder => path == folder.Key || path.StartsWith(folder.Key + "/", StringComparison.Ordinal))
        .Select(folder => folder.Value + path[folder.Key.Length..])
        .FirstOrDefault(path);
}
