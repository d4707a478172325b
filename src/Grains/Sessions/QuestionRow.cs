using Smcp.Mcp;
using Smcp.Wire;

namespace Smcp.Sessions;

/// <summary>A server's question to the client, as it is stored.</summary>
[Wire("session-question-row", 1)]
internal sealed record QuestionRow
{
    /// <summary>Its number in the session, never used again.</summary>
    public required long Number { get; init; }

    public required CallId Call { get; init; }

    /// <summary>Its name at the instance.</summary>
    public required string QuestionId { get; init; }

    /// <summary>The client's answer, on its way to the instance.</summary>
    public McpReply? Answer { get; init; }
}
