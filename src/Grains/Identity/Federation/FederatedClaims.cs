using System.Text.Json;
using Smcp.Identity.Jose;
using Smcp.Identity.OAuth.Clients;
using Smcp.Identity.Users;

namespace Smcp.Identity.Federation;

/// <summary>Makes a user of a token that was checked.</summary>
internal static class FederatedClaims
{
    private const int DisplayNameLengthMax = 100;

    /// <summary>
    /// Who enters; null for one whose e-mail domain may not. An e-mail address counts only where the provider says that
    /// it verified it: anybody could claim another's.
    /// </summary>
    public static FederatedLogin? Read(SignedToken token, TenantFederation federation)
    {
        var email = IsVerified(token) ? token.Claim("email") : null;
        if (federation.EmailDomains.Count > 0 && !IsOfDomain(email, federation.EmailDomains))
        {
            return null;
        }

        var subject = token.Claim("sub")!;
        var known = NameOf(email) ?? NameOf($"{subject}@{new Uri(federation.Issuer).Host}");
        return known is not { } name
            ? null
            : new FederatedLogin
            {
                Issuer = federation.Issuer,
                Subject = subject,
                LoginName = name,
                DisplayName = token.Claim("name") is { Length: > 0 } called
                    && ClientNames.IsPlain(called, DisplayNameLengthMax)
                        ? called
                        : null,
                Roles = RolesOf(token, federation),
            };
    }

    private static IReadOnlyList<string> RolesOf(SignedToken token, TenantFederation federation) =>
    [
        .. token.ClaimList(federation.RoleClaim)
            .Select(value => federation.RoleMap.GetValueOrDefault(value))
            .OfType<string>()
            .Concat(federation.DefaultRoles)
            .Distinct(StringComparer.Ordinal),
    ];

    private static bool IsVerified(SignedToken token) =>
        token.Claims.TryGetProperty("email_verified", out var verified)
        && verified.ValueKind == JsonValueKind.True;

    private static bool IsOfDomain(string? email, IReadOnlyList<string> domains) =>
        email?.Split('@') is [_, var domain] && domains.Contains(domain, StringComparer.OrdinalIgnoreCase);

    private static LoginName? NameOf(string? text) =>
        LoginName.TryParse(text, null, out var name) ? name : null;
}
