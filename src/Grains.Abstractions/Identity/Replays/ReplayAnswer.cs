using Smcp.Wire;

namespace Smcp.Identity.Replays;

/// <summary>An answer as it is said again: without what may be said once only.</summary>
[Wire("replay-answer", 1)]
public sealed record ReplayAnswer
{
    /// <summary>The status of HTTP.</summary>
    public required int Status { get; init; }

    /// <summary>The body, JSON; null for none.</summary>
    public string? Body { get; init; }

    public string? ContentType { get; init; }

    public string? Location { get; init; }

    public string? ETag { get; init; }
}
