using Smcp.Mcp;

namespace Smcp.Runtimes.Upstream;

/// <summary>A conversation that was opened, or why it was not, and whether anybody there spoke the protocol.</summary>
internal sealed record UpstreamOpened(UpstreamConversation? Conversation, McpFault? Fault, bool IsUnderstood)
{
    public static UpstreamOpened Refused(McpFault fault) => new(null, fault, true);
}
