using Smcp.Mcp;
using Smcp.Wire;

namespace Smcp.Servers;

/// <summary>A session as its instance must know it: enough to open it again in a fresh runtime.</summary>
[Wire("instance-peer", 2)]
public sealed record InstancePeer
{
    /// <summary>The session's key.</summary>
    public required string Session { get; init; }

    /// <summary>The client's <c>initialize</c> request.</summary>
    public required McpCall Initialize { get; init; }

    /// <summary>The log level that the client set, if it did.</summary>
    public string? LogLevel { get; init; }

    /// <summary>The resources that the client subscribed to.</summary>
    public IReadOnlyList<string> Subscriptions { get; init; } = [];

    /// <summary>
    /// Whether a call waits for it: it is opened in the runtime itself, also where what was approved of the server
    /// would answer its client.
    /// </summary>
    public bool IsNeeded { get; init; }
}
