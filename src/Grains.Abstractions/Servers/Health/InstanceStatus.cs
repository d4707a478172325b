using Smcp.Wire;

namespace Smcp.Servers.Health;

/// <summary>An instance of a server as its administrators see it.</summary>
[Wire("instance-status", 1)]
public sealed record InstanceStatus
{
    /// <summary>Names it for as long as it runs; says nothing of whom it serves.</summary>
    public required string Id { get; init; }

    /// <summary>The version that it runs; null for a server that came with the process.</summary>
    public long? Version { get; init; }

    public InstanceState State { get; init; }

    /// <summary>Why it is so.</summary>
    public string? Reason { get; init; }

    /// <summary>When it, or the last of its processes, was started.</summary>
    public DateTimeOffset StartedAt { get; init; }

    /// <summary>How often a process of it ended by itself or over a limit.</summary>
    public int Restarts { get; init; }

    /// <summary>How the last of those ended.</summary>
    public ServerExit? LastExit { get; init; }

    /// <summary>Calls that ended, in the window.</summary>
    public long Calls { get; init; }

    /// <summary>Those of them that failed.</summary>
    public long Failures { get; init; }
}
