using System.Text.Json.Nodes;
using Smcp.Mcp;
using Smcp.Protocol;

namespace Smcp.Servers.Health;

/// <summary>Which error answers are failures of the server, not of who asked.</summary>
internal static class ServerErrors
{
    public static bool Is(McpReply reply) =>
        RawJson.Parse(reply.Body)?["code"] is JsonValue code && code.TryGetValue(out int number)
        && number == McpErrorCodes.InternalError;
}
