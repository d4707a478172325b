using Smcp.Wire;

namespace Smcp.Servers;

/// <summary>
/// What one running process of a server may use. Null: what the runtime's options say; never more than those allow.
/// </summary>
[Wire("server-limits", 1)]
public sealed record ServerLimits
{
    /// <summary>Memory in bytes.</summary>
    public long? MemoryBytes { get; init; }

    /// <summary>The longest that one call may take.</summary>
    public TimeSpan? CallTime { get; init; }
}
