namespace Smcp.Runtimes.CSharp;

/// <summary>A test of a server that <c>templates/verify</c> made; without one it is skipped.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class MadeServerFactAttribute : FactAttribute
{
    public MadeServerFactAttribute()
    {
        if (Path is null)
        {
            Skip = "templates/verify runs it.";
        }
    }

    /// <summary>The assembly that was made.</summary>
    public static string? Path => Environment.GetEnvironmentVariable("SMCP_MADE_SERVER");
}
