namespace Smcp.EndToEnd.Serving;

/// <summary>A fact as <see cref="JailTheoryAttribute"/> is a theory.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class JailFactAttribute : FactAttribute
{
    public JailFactAttribute(params string[] folders) => Skip = Workspace.WhyNoJails(folders);
}
