
namespace Smcp.OAuth.AccessTokens;

/// <summary>
/// What the claims of a genuine token must say, in order (RFC 9068 section 4, RFC 8725 section 3). Pure.
/// </summary>
internal static class AccessTokenRules
{
    private delegate AccessTokenProblem? ClaimRule(AccessTokenClaims claims, AccessTokenTerms terms);

    private static readonly ClaimRule[] All =
        [IssuerIsUs, AudienceIsTheResource, TenantIsTheRoutes, TimeHasCome, TimeIsNotOver];

    /// <summary>Why the token is refused; null when it is good.</summary>
    public static AccessTokenProblem? Check(AccessTokenClaims claims, AccessTokenTerms terms)
    {
        foreach (var rule in All)
        {
            if (rule(claims, terms) is { } problem)
            {
                return problem;
            }
        }

        return null;
    }

    private static AccessTokenProblem? IssuerIsUs(AccessTokenClaims claims, AccessTokenTerms terms) =>
        claims.Issuer == terms.Issuer ? null : AccessTokenProblem.Issuer;

    private static AccessTokenProblem? AudienceIsTheResource(AccessTokenClaims claims, AccessTokenTerms terms) =>
        claims.Audience == terms.Resource ? null : AccessTokenProblem.Audience;

    private static AccessTokenProblem? TenantIsTheRoutes(AccessTokenClaims claims, AccessTokenTerms terms) =>
        terms.Tenant is not { } tenant || claims.Grant.Tenant == tenant ? null : AccessTokenProblem.Tenant;

    private static AccessTokenProblem? TimeHasCome(AccessTokenClaims claims, AccessTokenTerms terms) =>
        claims.IssuedAt <= terms.Now + terms.Skew && !(claims.NotBefore > terms.Now + terms.Skew)
            ? null
            : AccessTokenProblem.NotYet;

    private static AccessTokenProblem? TimeIsNotOver(AccessTokenClaims claims, AccessTokenTerms terms) =>
        terms.Now - terms.Skew < claims.ExpiresAt ? null : AccessTokenProblem.Expired;
}
