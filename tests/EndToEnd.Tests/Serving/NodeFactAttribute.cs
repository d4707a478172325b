namespace Smcp.EndToEnd.Serving;

/// <summary>A test that needs packages from npm; without them it is skipped and says how to get them.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NodeFactAttribute : FactAttribute
{
    public NodeFactAttribute(string folder)
    {
        if (!Workspace.HasPackages(folder))
        {
            Skip = $"tests/EndToEnd.Tests/{folder} has no packages yet: ./test installs them.";
        }
    }
}
