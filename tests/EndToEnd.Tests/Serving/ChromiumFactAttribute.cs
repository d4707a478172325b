namespace Smcp.EndToEnd.Serving;

/// <summary>A test that needs Chromium; without it, it is skipped and says how to get it.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ChromiumFactAttribute : FactAttribute
{
    public ChromiumFactAttribute()
    {
        if (Workspace.Chromium is null)
        {
            Skip = "Needs Chromium: ./test installs it where it can (as root), or says how.";
        }
    }
}
