using Smcp.Mcp;
using Smcp.Wire;

namespace Smcp.Servers;

/// <summary>A request on its way to an instance.</summary>
[Wire("instance-call", 1)]
public sealed record InstanceCall
{
    /// <summary>Names the call from here on; unguessable.</summary>
    public required CallId Id { get; init; }

    public required McpCall Call { get; init; }

    /// <summary>
    /// The session (its key) that the call came through, where what the server emits is delivered; null for a client
    /// without sessions, which follows the call itself.
    /// </summary>
    public string? Session { get; init; }
}
