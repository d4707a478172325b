using Smcp.Wire;

namespace Smcp.Identity.OAuth;

/// <summary>
/// Why a grant gives no token. The client is told far less: one map at the token endpoint says what.
/// </summary>
[Wire("oauth-token-refusal", 1)]
public enum TokenRefusal
{
    /// <summary>There is no such grant, or no more.</summary>
    UnknownGrant = 0,

    /// <summary>The grant was revoked.</summary>
    Revoked = 1,

    /// <summary>The code or refresh token is not one that this grant gave out.</summary>
    Unmatched = 2,

    /// <summary>It was given to another client.</summary>
    OtherClient = 3,

    /// <summary>The redirect URI is not that of the authorization request.</summary>
    OtherRedirectUri = 4,

    /// <summary>The PKCE verifier is missing, malformed, or not that of the challenge.</summary>
    WrongVerifier = 5,

    /// <summary>The time of the code or refresh token is over.</summary>
    Expired = 6,

    /// <summary>The code was redeemed before: the grant is revoked.</summary>
    CodeReplayed = 7,

    /// <summary>An old refresh token was shown again: the grant is revoked.</summary>
    RefreshReused = 8,

    /// <summary>The resource is not the grant's.</summary>
    OtherResource = 9,

    /// <summary>A scope is asked for that the grant does not have.</summary>
    ScopeTooBroad = 10,

    /// <summary>The user or client is disabled or gone.</summary>
    PrincipalRefused = 11,

    /// <summary>The tenant is suspended or gone.</summary>
    TenantRefused = 12,

    /// <summary>Of what was asked for, the principal's roles allow nothing.</summary>
    NothingPermitted = 13,

    /// <summary>The client is not known, or may not have a grant of this type, or in this tenant.</summary>
    ClientRefused = 14,
}
