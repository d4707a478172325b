using System.Diagnostics.CodeAnalysis;

namespace Smcp.Security.Audit;

/// <summary>
/// The events of one tenant that wait to be stored, in order. Bounded; what does not fit is counted, and the count is
/// recorded before what comes next.
/// </summary>
internal sealed class AuditLane(int eventsMax)
{
    private readonly Lock _gate = new();
    private readonly List<AuditEvent> _waiting = [];
    private long _dropped;
    private bool _isRunning;

    /// <summary>Takes an event; false when it was dropped.</summary>
    public bool TryAdd(AuditEvent auditEvent, bool hasRoom, out bool mustRun)
    {
        lock (_gate)
        {
            var fits = hasRoom && _waiting.Count < eventsMax;
            if (fits)
            {
                _waiting.Add(auditEvent);
            }
            else
            {
                _dropped++;
            }

            mustRun = !_isRunning;
            _isRunning = true;
            return fits;
        }
    }

    /// <summary>
    /// The next events to send, and how many were dropped since; false when there is nothing: then nobody runs.
    /// </summary>
    public bool TryTake(int countMax, [NotNullWhen(true)] out IReadOnlyList<AuditEvent>? events, out long dropped)
    {
        lock (_gate)
        {
            dropped = _dropped;
            _dropped = 0;
            if (_waiting.Count == 0 && dropped == 0)
            {
                _isRunning = false;
                events = null;
                return false;
            }

            var count = Math.Min(countMax, _waiting.Count);
            events = _waiting.GetRange(0, count);
            _waiting.RemoveRange(0, count);
            return true;
        }
    }
}
