using Smcp.Mcp.Answers;
using Smcp.Protocol;

namespace Smcp.Mcp.Messages;

/// <summary>What a POST carried: a message, or a batch of them, or neither and why.</summary>
internal readonly record struct McpBody(
    McpInbound? Single, IReadOnlyList<McpInbound>? Batch, McpRefusal? Refusal, JsonRpcId RefusedId)
{
    public static McpBody Of(McpInbound message) => new(message, null, null, default);

    public static McpBody Of(IReadOnlyList<McpInbound> batch) => new(null, batch, null, default);

    public static McpBody Refused(McpRefusal refusal, JsonRpcId id = default) => new(null, null, refusal, id);
}
