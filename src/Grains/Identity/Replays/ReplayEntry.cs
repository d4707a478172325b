using Smcp.Storage;
using Smcp.Wire;

namespace Smcp.Identity.Replays;

/// <summary>One record of a caller's replays: a key was taken, or answered, or is free again.</summary>
[Wire("replay-entry", 1)]
internal sealed record ReplayEntry : ILogMapEntry
{
    public required string Key { get; init; }

    /// <summary>Of the request that took it.</summary>
    public required string Digest { get; init; }

    public DateTimeOffset At { get; init; }

    /// <summary>How it was answered; null while it is in work, or if it never was.</summary>
    public ReplayAnswer? Answer { get; init; }

    public bool IsRemoved { get; init; }

    string ILogMapEntry.MapKey => Key;

    bool ILogMapEntry.IsRemoval => IsRemoved;
}
