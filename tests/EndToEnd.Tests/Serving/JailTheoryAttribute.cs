namespace Smcp.EndToEnd.Serving;

/// <summary>
/// A theory about servers in jails, with packages from npm. Skipped, with the reason, where this machine has no jails
/// or no packages; on Linux CI it must run.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class JailTheoryAttribute : TheoryAttribute
{
    public JailTheoryAttribute(params string[] folders) => Skip = Workspace.WhyNoJails(folders);
}
