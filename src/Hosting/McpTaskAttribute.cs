namespace Smcp.Hosting;

/// <summary>
/// Lets a tool run as a task: where the client asks for it, the call is answered at once and its result is fetched
/// later. The method is written like any other tool.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class McpTaskAttribute : Attribute
{
    /// <summary>Whether it must be run as a task. Default: false, either way.</summary>
    public bool Required { get; set; }
}
