namespace Smcp.Servers.Deploying.Importing.Npm;

/// <summary>
/// A fact about npm in a real jail. Skipped, with the reason, where this machine lacks the one or the other; on Linux
/// CI it must run.
/// </summary>
internal sealed class NpmFactAttribute : FactAttribute
{
    private static readonly string[] Needed = ["bwrap", "node", "npm"];
    private static readonly string[] Folders = ["/usr/bin", "/usr/local/bin"];

    public NpmFactAttribute() => Skip =
        !OperatingSystem.IsLinux() ? "Jails need Linux."
        : Environment.GetEnvironmentVariable("CI") is null && Needed.FirstOrDefault(IsMissing) is { } lack
            ? $"Needs {lack} below /usr: ./test installs it where it can (as root), or says how."
            : null;

    private static bool IsMissing(string program) =>
        !Folders.Any(folder => File.Exists(Path.Combine(folder, program)));
}
