using Smcp.Security.Audit;

namespace Smcp.Identity.Users;

/// <summary>Records what was done to users.</summary>
internal sealed class UserAudit(IAuditTrail? trail = null)
{
    /// <summary>
    /// By an administrator, or the user. <paramref name="reason"/> says what changed, in a word of the code.
    /// </summary>
    public void Changed(CallContext context, TenantId tenant, UserSummary user, string action, string reason) =>
        trail?.Record(AuditEvent.Of(context, action, AuditOutcome.Success, TargetOf(user)) with
        {
            Tenant = tenant,
            Reason = reason,
        });

    /// <summary>By the user, who proved who they are with an invitation or at their provider.</summary>
    public void Changed(TenantId tenant, UserSummary user, string action, string reason) =>
        trail?.Record(new AuditEvent
        {
            Tenant = tenant,
            Action = action,
            Outcome = AuditOutcome.Success,
            Principal = user.Id.Principal.ToString(),
            Target = TargetOf(user),
            Reason = reason,
        });

    private static string TargetOf(UserSummary user) => $"user/{user.Id}";
}
