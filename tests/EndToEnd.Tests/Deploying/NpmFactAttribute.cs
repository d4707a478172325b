namespace Smcp.EndToEnd.Deploying;

/// <summary>
/// A test that brings packages by npm in a real jail; skipped, with the reason, where this machine lacks the one or the
/// other, and in a short run, since a registry answers as it likes. On Linux CI the full run must make it.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NpmFactAttribute : FactAttribute
{
    private static readonly string[] Needed = ["bwrap", "node", "npm"];
    private static readonly string[] Folders = ["/usr/bin", "/usr/local/bin"];

    public NpmFactAttribute() => Skip =
        !OperatingSystem.IsLinux() ? "Jails need Linux."
        : Environment.GetEnvironmentVariable("SMCP_FULL") is null
            ? "Brings packages from the registry at its own pace: ./test --full does it."
        : Environment.GetEnvironmentVariable("CI") is null && Needed.FirstOrDefault(IsMissing) is { } lack
            ? $"Needs {lack} below /usr: ./test installs it where it can (as root), or says how."
            : null;

    private static bool IsMissing(string program) =>
        !Folders.Any(folder => File.Exists(Path.Combine(folder, program)));
}
