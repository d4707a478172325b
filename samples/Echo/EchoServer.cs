using System.ComponentModel;
using ModelContextProtocol.Server;
using Smcp.Hosting;

namespace Smcp.Samples.Echo;

/// <summary>The smallest server: one tool, no state.</summary>
[McpServer("echo", Description = "Returns what it is told.")]
[McpServerToolType]
public sealed class EchoServer
{
    [McpServerTool(Name = "echo", ReadOnly = true, Idempotent = true, OpenWorld = false)]
    [Description("Returns its message.")]
    public static string Echo([Description("What to return.")] string message) => message;
}
