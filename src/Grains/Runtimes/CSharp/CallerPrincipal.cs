using System.Security.Claims;
using Smcp.Identity;

namespace Smcp.Runtimes.CSharp;

/// <summary>The caller as .NET code knows callers.</summary>
internal static class CallerPrincipal
{
    public const string TenantClaim = "tenant";
    public const string ScopeClaim = "scope";

    public static ClaimsPrincipal Of(CallContext caller)
    {
        var identity = new ClaimsIdentity("Smcp", ClaimTypes.NameIdentifier, ClaimTypes.Role);
        identity.AddClaim(new Claim(ClaimTypes.NameIdentifier, caller.Principal.ToString()));
        identity.AddClaim(new Claim(TenantClaim, caller.Tenant.ToString()));
        identity.AddClaims(caller.Scopes.Select(scope => new Claim(ScopeClaim, scope)));
        return new ClaimsPrincipal(identity);
    }
}
