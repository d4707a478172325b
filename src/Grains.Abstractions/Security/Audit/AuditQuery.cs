using Smcp.Wire;

namespace Smcp.Security.Audit;

/// <summary>Which records are asked for. What is null is not asked about; texts are compared exactly.</summary>
[Wire("audit-query", 1)]
public sealed record AuditQuery
{
    /// <summary>Events of this time or later.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Events before this time.</summary>
    public DateTimeOffset? To { get; init; }

    public string? Principal { get; init; }

    /// <summary>How the action begins: <c>auth.</c> or <c>server.deployed</c>.</summary>
    public string? ActionPrefix { get; init; }

    public AuditOutcome? Outcome { get; init; }

    public string? Target { get; init; }

    public string? CorrelationId { get; init; }

    /// <summary>The oldest first; else the newest.</summary>
    public bool IsOldestFirst { get; init; }

    /// <summary>From <see cref="AuditPage.Next"/>; null to begin.</summary>
    public long? Cursor { get; init; }

    /// <summary>Records in the answer; the grain's limit holds over it. Default: 100.</summary>
    public int Limit { get; init; } = 100;
}
