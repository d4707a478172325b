namespace Smcp.EndToEnd.Serving;

/// <summary>
/// A test that needs Chromium and the inspector; without them it is skipped and says how to get them.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BrowserFactAttribute : FactAttribute
{
    public BrowserFactAttribute()
    {
        if (Workspace.Chromium is null || !Workspace.HasPackages("clients"))
        {
            Skip = "Needs Chromium and the inspector: ./test installs them where it can (as root), or says how.";
        }
    }
}
