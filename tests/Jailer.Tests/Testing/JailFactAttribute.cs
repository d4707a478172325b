namespace Smcp.Jailer.Testing;

/// <summary>
/// A fact about real jails. Skipped, with the reason, where this machine has none; on CI it must run, and fails
/// instead.
/// </summary>
public sealed class JailFactAttribute : FactAttribute
{
    private const string Bwrap = "/usr/bin/bwrap";

    public JailFactAttribute() => Skip = Hindrance;

    /// <summary>Why there are no jails here; null where there are.</summary>
    internal static string? Hindrance =>
        Environment.GetEnvironmentVariable("CI") is not null && OperatingSystem.IsLinux() ? null
        : !OperatingSystem.IsLinux() ? "Jails need Linux."
        : !File.Exists(Bwrap) ? "Needs bubblewrap: ./test installs it where it can (as root), or says how."
        : null;
}
