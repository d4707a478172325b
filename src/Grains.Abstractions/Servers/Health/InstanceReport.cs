using Smcp.Wire;

namespace Smcp.Servers.Health;

/// <summary>What an instance tells its server's grain of itself; counts are since its last report.</summary>
[Wire("instance-report", 2)]
public sealed record InstanceReport
{
    /// <summary>The grain's key.</summary>
    public required string Instance { get; init; }

    /// <summary>Names this activation to people; says nothing of whom it serves.</summary>
    public required string Id { get; init; }

    public InstanceState State { get; init; }

    /// <summary>Why it is so, in words for the server's tenant.</summary>
    public string? Reason { get; init; }

    /// <summary>When it, or the last of its processes, was started.</summary>
    public DateTimeOffset StartedAt { get; init; }

    /// <summary>How often a process of it ended by itself or over a limit, since the activation began.</summary>
    public int Restarts { get; init; }

    public ServerExit? LastExit { get; init; }

    /// <summary>Calls that ended.</summary>
    public long Calls { get; init; }

    /// <summary>Those of them that failed: answered with an error of the server's own, or by none.</summary>
    public long Failures { get; init; }

    /// <summary>Ends of processes that count against the server.</summary>
    public int Harms { get; init; }

    /// <summary>How many of these were of processes that served one principal alone, by principal.</summary>
    public IReadOnlyDictionary<string, int> HarmsOf { get; init; } = new Dictionary<string, int>();

    /// <summary>Until when it reports again; without, it counts as gone some time later.</summary>
    public TimeSpan Next { get; init; }

    /// <summary>Whether it ends.</summary>
    public bool IsLast { get; init; }
}
