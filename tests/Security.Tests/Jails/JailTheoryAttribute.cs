namespace Smcp.Threats;

/// <summary>
/// A theory about real jails of two tenants. Skipped, with the reason, where this machine has none; on Linux CI it must
/// run.
/// </summary>
internal sealed class JailTheoryAttribute : TheoryAttribute
{
    private const string Bwrap = "/usr/bin/bwrap";

    public JailTheoryAttribute() => Skip = Hindrance;

    /// <summary>Why there are no jails here; null where there are.</summary>
    public static string? Hindrance =>
        !OperatingSystem.IsLinux() ? "Jails need Linux."
        : Environment.GetEnvironmentVariable("CI") is not null ? null
        : !Environment.IsPrivilegedProcess ? "Needs root: the jails of two tenants run on one node."
        : !File.Exists(Bwrap) ? "Needs bubblewrap: ./test installs it where it can (as root), or says how."
            : null;
}
