using Smcp.Wire;

namespace Smcp.Mcp;

/// <summary>
/// What becomes of a call at the end of the answer window: exactly one of the three is set. An <see cref="Answer"/>
/// goes out as <c>application/json</c>; a <see cref="Stream"/> is read as SSE; a <see cref="Fault"/> is an error.
/// </summary>
[Wire("mcp-outcome", 1)]
public sealed record McpOutcome
{
    public McpReply? Answer { get; init; }

    public StreamTicket? Stream { get; init; }

    public McpFault? Fault { get; init; }

    public static McpOutcome Answered(McpReply answer) => new() { Answer = answer };

    public static McpOutcome Streaming(StreamTicket stream) => new() { Stream = stream };

    public static McpOutcome Refused(McpFault fault) => new() { Fault = fault };

    public static McpOutcome Refused(FaultReason reason, string message) =>
        Refused(new McpFault(reason, message));
}
