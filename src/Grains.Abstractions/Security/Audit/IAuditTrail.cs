namespace Smcp.Security.Audit;

/// <summary>
/// Where this process records what happened, for the tenant's audit log. What it takes is bounded, freed of control
/// characters and of what looks like a credential; but arguments, results and secrets must never be handed to it.
/// </summary>
public interface IAuditTrail
{
    /// <summary>
    /// Records soon: within <see cref="AuditTrailOptions.FlushInterval"/>, with others in one write. Returns at once
    /// and never fails; while the store fails it is held, and beyond the bounds dropped and counted. Failures and
    /// denials of one address and reason are counted together when they flood, successful authentications when they
    /// repeat.
    /// </summary>
    void Record(AuditEvent auditEvent);

    /// <summary>
    /// Records now, for administration: true once it is durable. False when it could not be recorded within
    /// <see cref="AuditTrailOptions.RecordTimeout"/>: then what it records must not be done. Record before the act, as
    /// <see cref="AuditOutcome.Started"/>, and what came of it with the same correlation id after.
    /// </summary>
    ValueTask<bool> RecordNowAsync(AuditEvent auditEvent, CancellationToken cancellationToken);
}
