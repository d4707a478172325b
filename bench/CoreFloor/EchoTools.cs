using System.ComponentModel;
using ModelContextProtocol.Server;

namespace Smcp.CoreFloor;

/// <summary>The tool that every candidate calls.</summary>
[McpServerToolType]
internal sealed class EchoTools
{
    [McpServerTool(Name = "echo"), Description("Returns its message.")]
    public static string Echo(string message) => message;
}
