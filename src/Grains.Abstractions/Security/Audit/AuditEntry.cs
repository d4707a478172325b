using Smcp.Wire;

namespace Smcp.Security.Audit;

/// <summary>What a record says.</summary>
[Wire("audit-entry", 1)]
public sealed record AuditEntry
{
    public required AuditEvent Event { get; init; }

    /// <summary>The clock of the grain that recorded it.</summary>
    public required DateTimeOffset RecordedAt { get; init; }

    /// <summary>How long the log had been swept when it was recorded: the age of a record without a clock.</summary>
    public TimeSpan Swept { get; init; }
}
