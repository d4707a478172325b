using System.Collections.Concurrent;
using System.Text.Json;
using Smcp.Security.Audit;
using Smcp.Wire;

namespace Smcp.TestSupport;

/// <summary>An audit trail that a test reads, and that can fail.</summary>
internal sealed class RecordedAudit : IAuditTrail
{
    private readonly ConcurrentQueue<AuditEvent> _events = new();

    public bool IsDown { get; set; }

    public IReadOnlyList<AuditEvent> Events => [.. _events];

    /// <summary>Everything that was recorded, as it would be stored.</summary>
    public string Text => JsonSerializer.Serialize(Events, WireJson.Options);

    public void Record(AuditEvent auditEvent) => _events.Enqueue(auditEvent);

    public ValueTask<bool> RecordNowAsync(AuditEvent auditEvent, CancellationToken cancellationToken)
    {
        if (!IsDown)
        {
            Record(auditEvent);
        }

        return ValueTask.FromResult(!IsDown);
    }
}
