using System.Collections.Concurrent;
using Smcp.Security.Audit;

namespace Smcp;

/// <summary>Keeps what is recorded for the test to look at.</summary>
internal sealed class RecordedAudit : IAuditTrail
{
    private readonly ConcurrentQueue<AuditEvent> _events = new();

    public IReadOnlyCollection<AuditEvent> Events => _events;

    public void Record(AuditEvent auditEvent) => _events.Enqueue(auditEvent);

    public ValueTask<bool> RecordNowAsync(AuditEvent auditEvent, CancellationToken cancellationToken)
    {
        Record(auditEvent);
        return ValueTask.FromResult(true);
    }
}
