using Smcp.Wire;

namespace Smcp.Mcp;

[Wire("mcp-frame-kind", 1)]
public enum McpFrameKind
{
    /// <summary>A JSON-RPC notification to the client.</summary>
    Notification = 0,

    /// <summary>An input request: sampling, elicitation or roots.</summary>
    Question = 1,

    /// <summary>The call's result: its last frame.</summary>
    Result = 2,

    /// <summary>The call's error: its last frame.</summary>
    Error = 3,

    /// <summary>
    /// Close the stream's connection, so that its client polls (2025-11-25 transports); the stream itself goes on.
    /// </summary>
    CloseConnection = 4,
}
