namespace Smcp.EndToEnd.Serving;

/// <summary>A theory that needs packages from npm; without them it is skipped and says how to get them.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NodeTheoryAttribute : TheoryAttribute
{
    public NodeTheoryAttribute(params string[] folders)
    {
        if (folders.FirstOrDefault(f => !Workspace.HasPackages(f)) is { } folder)
        {
            Skip = $"tests/EndToEnd.Tests/{folder} has no packages yet: ./test installs them.";
        }
    }
}
