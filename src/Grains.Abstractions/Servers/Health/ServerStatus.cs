using Smcp.Mcp;
using Smcp.Wire;

namespace Smcp.Servers.Health;

/// <summary>How a server is, and why; or why that is not told.</summary>
[Wire("server-status", 1)]
public sealed record ServerStatus
{
    public ServerHealth Health { get; init; }

    /// <summary>Why, in words for its tenant.</summary>
    public string Reason { get; init; } = string.Empty;

    /// <summary>Since when it is so, as far as is known: a node that ended does not say.</summary>
    public DateTimeOffset Since { get; init; }

    /// <summary>What keeps it from serving.</summary>
    public IReadOnlyList<ServerHold> Holds { get; init; } = [];

    /// <summary>Calls that ended in the window, over all instances.</summary>
    public long Calls { get; init; }

    /// <summary>Those of them that failed.</summary>
    public long Failures { get; init; }

    /// <summary>Processes that ended by themselves or over a limit, in the window.</summary>
    public long Exits { get; init; }

    /// <summary>The length of the window, in seconds.</summary>
    public long WindowSeconds { get; init; }

    /// <summary>How many instances there are.</summary>
    public int InstanceCount { get; init; }

    /// <summary>The instances, those that fail first; not more than can be shown.</summary>
    public IReadOnlyList<InstanceStatus> Instances { get; init; } = [];

    public McpFault? Fault { get; init; }

    public static ServerStatus Refused(McpFault fault) => new() { Fault = fault };
}
