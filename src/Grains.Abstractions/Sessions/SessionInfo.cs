using Smcp.Mcp;
using Smcp.Wire;

namespace Smcp.Sessions;

/// <summary>
/// What the gateway must know of a session before it reads a message: its revision; or why there is none.
/// </summary>
[Wire("session-info", 1)]
public sealed record SessionInfo
{
    /// <summary>The negotiated revision, by its date.</summary>
    public string? Revision { get; init; }

    public McpFault? Fault { get; init; }
}
