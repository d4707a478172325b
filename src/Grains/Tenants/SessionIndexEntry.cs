using Smcp.Storage;
using Smcp.Wire;

namespace Smcp.Tenants;

/// <summary>One record of a tenant's index of sessions: a session took a place, or gave it back.</summary>
[Wire("tenant-session-entry", 1)]
internal sealed record SessionIndexEntry : ILogMapEntry
{
    /// <summary>The session's key.</summary>
    public required string Session { get; init; }

    /// <summary>Whether it gave its place back.</summary>
    public bool IsReleased { get; init; }

    /// <summary>When to look whether it expired.</summary>
    public DateTimeOffset LookAt { get; init; }

    string ILogMapEntry.MapKey => Session;

    bool ILogMapEntry.IsRemoval => IsReleased;
}
