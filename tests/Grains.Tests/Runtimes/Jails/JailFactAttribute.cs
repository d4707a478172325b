namespace Smcp.Runtimes.Jails;

/// <summary>
/// A fact about real jails. Skipped, with the reason, where this machine has none; on Linux CI it must run.
/// </summary>
internal sealed class JailFactAttribute : FactAttribute
{
    private const string Bwrap = "/usr/bin/bwrap";

    public JailFactAttribute() => Skip =
        !OperatingSystem.IsLinux() ? "Jails need Linux."
        : !File.Exists(Bwrap) && Environment.GetEnvironmentVariable("CI") is null
            ? "Needs bubblewrap: ./test installs it where it can (as root), or says how."
            : null;
}
