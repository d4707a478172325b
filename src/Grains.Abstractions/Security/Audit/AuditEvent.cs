using Smcp.Identity;
using Smcp.Wire;

namespace Smcp.Security.Audit;

/// <summary>
/// One thing that happened. Text beyond its length is cut, control characters are replaced; no member may hold a
/// secret, an argument or a result.
/// </summary>
[Wire("audit-event", 1)]
public sealed record AuditEvent
{
    /// <summary>When it happened. Default: when it is handed to the trail.</summary>
    public DateTimeOffset Time { get; init; }

    /// <summary>
    /// Whose log: a tenant that exists. <see cref="TenantId.Platform"/> for what belongs to none, and for a tenant
    /// that a caller only claims (or anybody could make logs).
    /// </summary>
    public required TenantId Tenant { get; init; }

    /// <summary>What was done: one of <see cref="AuditActions"/>. At most 64 characters.</summary>
    public required string Action { get; init; }

    public required AuditOutcome Outcome { get; init; }

    /// <summary>Who did it; null when that is not known. At most 128 characters.</summary>
    public string? Principal { get; init; }

    /// <summary>Names the credential; never the credential itself. At most 128 characters.</summary>
    public string? Credential { get; init; }

    /// <summary>The session, if there is one; the trail keeps only a digest of it.</summary>
    public string? Session { get; init; }

    /// <summary>What it was done to: <c>server/notes</c>, <c>key/3f9c</c>. At most 256 characters.</summary>
    public string? Target { get; init; }

    /// <summary>Why it came out so: a short word of the code, <c>expired</c>. At most 256 characters.</summary>
    public string? Reason { get; init; }

    /// <summary>The client's address. At most 64 characters.</summary>
    public string? Address { get; init; }

    /// <summary>Names the request. At most 64 characters.</summary>
    public string? CorrelationId { get; init; }

    /// <summary>How many like it this stands for; 0 counts as 1.</summary>
    public long Count { get; init; }

    /// <summary>When the last of those was, if there are several.</summary>
    public DateTimeOffset? LastTime { get; init; }

    /// <summary>Set by the trail: tells a batch that is sent twice.</summary>
    public string? Id { get; init; }

    /// <summary>What a caller did, on the terms of its call.</summary>
    public static AuditEvent Of(
        CallContext context, string action, AuditOutcome outcome, string? target = null) =>
        new()
        {
            Tenant = context.Tenant,
            Action = action,
            Outcome = outcome,
            Principal = context.Principal.ToString(),
            Credential = context.Credential,
            Address = context.Address,
            CorrelationId = context.CorrelationId,
            Target = target,
        };
}
