using Smcp.Wire;

namespace Smcp.Security.Audit;

/// <summary>Events of one process for one tenant, in their order.</summary>
[Wire("audit-batch", 1)]
public sealed record AuditBatch
{
    public required IReadOnlyList<AuditEvent> Events { get; init; }

    /// <summary>Sent before, with an unknown outcome: events that stand in the log already are left out.</summary>
    public bool IsRepeat { get; init; }
}
