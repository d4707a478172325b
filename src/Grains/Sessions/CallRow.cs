using Smcp.Mcp;
using Smcp.Protocol;
using Smcp.Wire;

namespace Smcp.Sessions;

/// <summary>A call in flight that turned to SSE, as it is stored.</summary>
[Wire("session-call-row", 1)]
internal sealed record CallRow
{
    public required CallId Id { get; init; }

    /// <summary>The client's own id, which its answer carries.</summary>
    public required JsonRpcId ClientId { get; init; }

    public required long StreamId { get; init; }
}
