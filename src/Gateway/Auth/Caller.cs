using Smcp.Identity;

namespace Smcp.Auth;

/// <summary>Who calls, and by what: made at station 3, and held by the request from then on.</summary>
internal sealed class Caller(CallerIdentity identity, bool isAnonymous)
{
    /// <summary>What everybody may do at a server that its policy makes public.</summary>
    private static readonly string[] PublicPermissions = ["mcp.*:*"];

    /// <summary>Who stands in a request before station 3 said who calls.</summary>
    public static Caller Nobody { get; } = Anonymous(TenantId.Platform);

    public CallerIdentity Identity => identity;

    public TenantId Tenant => identity.Tenant;

    public PrincipalId Principal => identity.Principal;

    /// <summary>Whether no credential was shown.</summary>
    public bool IsAnonymous => isAnonymous;

    /// <summary>Nobody in particular, at a public server of this tenant.</summary>
    public static Caller Anonymous(TenantId tenant) => new(
        new CallerIdentity
        {
            Tenant = tenant,
            Principal = PrincipalId.Anonymous,
            Credential = PrincipalId.Anonymous.ToString(),
            Scopes = [McpScopes.Tools],
            Permissions = PublicPermissions,
        },
        isAnonymous: true);
}
