using Smcp.Identity;
using Smcp.Security.Audit;
using Smcp.Servers;

namespace Smcp.Network.Egress.Proxying;

/// <summary>
/// What is recorded where a server was not let out. The reason is one of few: alike ones are counted together, whatever
/// place was asked for.
/// </summary>
internal static class EgressDenial
{
    public const string NotAllowed = "not allowed";
    public const string Internal = "internal";
    public const string NotARequest = "not a request";

    private const int TargetLengthMax = 128;

    public static AuditEvent Of(TenantId tenant, ServerId server, string reason, EgressPlace? place) => new()
    {
        Tenant = tenant,
        Action = AuditActions.EgressDenied,
        Outcome = AuditOutcome.Denied,
        Target = TargetOf(server, place),
        Reason = reason,
    };

    private static string TargetOf(ServerId server, EgressPlace? place)
    {
        var target = $"server/{server} {place}".TrimEnd();
        return target.Length > TargetLengthMax ? target[..TargetLengthMax] : target;
    }
}
