using System.Buffers.Text;
using Smcp.Identity.Users;
using Smcp.Tenants;

namespace Smcp.Identity.OAuth.Grants;

/// <summary>
/// What must hold before a code is made. The pages checked it for their user already; the grant does not depend on
/// that.
/// </summary>
internal static class AuthorizationRules
{
    private const int ChallengeLength = 43;

    /// <summary>Why the client gets no code; null when it does.</summary>
    public static TokenRefusal? Check(
        GrantKey key, CallContext context, GrantRequest request, OAuthClient? client, TenantSnapshot tenant) =>
        context.Tenant != key.Tenant || tenant.Status != TenantStatus.Active ? TokenRefusal.TenantRefused
        : !UserId.TryOf(context.Principal, out _) ? TokenRefusal.PrincipalRefused
        : !MayActIn(client, key.Tenant, GrantTypes.AuthorizationCode)
            || GrantStandings.IsOfEarlierLife(client!, tenant)
            ? TokenRefusal.ClientRefused
        : !client!.RedirectUris.Any(uri => RedirectUris.Match(uri, request.RedirectUri))
            ? TokenRefusal.OtherRedirectUri
        : !IsChallenge(request.CodeChallenge) ? TokenRefusal.WrongVerifier
        : null;

    /// <summary>Whether a client may have a grant of this type in the tenant.</summary>
    public static bool MayActIn(OAuthClient? client, TenantId tenant, string grantType) =>
        client is not null
        && (client.Tenant is null || client.Tenant == tenant)
        && client.GrantTypes.Contains(grantType);

    /// <summary>SHA-256 in base64url (RFC 7636 section 4.2).</summary>
    private static bool IsChallenge(string text) => text.Length == ChallengeLength && Base64Url.IsValid(text);
}
