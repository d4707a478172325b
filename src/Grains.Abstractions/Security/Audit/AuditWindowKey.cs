using Smcp.Identity;

namespace Smcp.Security.Audit;

/// <summary>What one window counts: everything alike but the time and the request.</summary>
internal readonly record struct AuditWindowKey(
    TenantId Tenant, string Action, AuditOutcome Outcome, string? Who, string? What)
{
    /// <summary>Of all, or of one: the principal, and where none is known, the address.</summary>
    public static AuditWindowKey OfFailures(AuditEvent of, bool isOfOne) => new(
        of.Tenant, of.Action, of.Outcome, isOfOne ? of.Principal ?? of.Address ?? string.Empty : null, of.Reason);

    public static AuditWindowKey OfSuccesses(AuditEvent of) => new(
        of.Tenant, of.Action, of.Outcome, $"{of.Principal} {of.Credential} {of.Session}", of.Target);
}
