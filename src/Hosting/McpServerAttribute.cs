namespace Smcp.Hosting;

/// <summary>
/// Makes a class an MCP server. Its tools, prompts and resources are its methods (and those of its <see cref="Parts"/>)
/// with the
/// attributes of the official SDK: <c>[McpServerTool]</c>, <c>[McpServerPrompt]</c>, <c>[McpServerResource]</c>.
/// The class is constructed once for each running instance, with services and <see cref="IServerState{T}"/> by
/// constructor injection.
/// </summary>
/// <param name="name">The name that it is served by: lower-case letters, digits and dashes, 1 to 63 characters.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class McpServerAttribute(string name) : Attribute
{
    public string Name => name;

    /// <summary>How many instances there are. Default: one, shared by all callers.</summary>
    public ServerScope Scope { get; set; }

    /// <summary>How many instances a pool has, 1 to 1,024. Default: 0, what the operator set.</summary>
    public int PoolMembers { get; set; }

    /// <summary>A name for people. Default: none.</summary>
    public string? Title { get; set; }

    /// <summary>One line for people. Default: none.</summary>
    public string? Description { get; set; }

    /// <summary>The server's own version. Default: its assembly's.</summary>
    public string? Version { get; set; }

    /// <summary>What a model should know about using the server. Default: none.</summary>
    public string? Instructions { get; set; }

    /// <summary>
    /// More classes whose tools, prompts and resources belong to this server, listed after its own in this order.
    /// Default: none.
    /// </summary>
    public Type[] Parts { get; set; } = [];

    /// <summary>
    /// A class that implements <see cref="IServerStartup"/> and has a parameterless constructor. Default: none.
    /// </summary>
    public Type? Startup { get; set; }
}
