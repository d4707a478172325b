using Microsoft.Extensions.Options;
using Smcp.Auth;
using Smcp.Engine;
using Smcp.Identity;
using Smcp.Identity.OAuth;
using Smcp.Tenants;

namespace Smcp.OAuth.AccessTokens;

/// <summary>
/// Access tokens: verified here, by the keys that are known; then the grant is asked what it is worth now. So a
/// revocation, a disabled user and a changed role are felt as soon as the answer, held for seconds, is asked again.
/// </summary>
internal sealed class AccessTokenScheme(
    AccessTokenReader reader,
    IGrainLocator grains,
    KnownTenants tenants,
    CanonicalUrls urls,
    TimeProvider time,
    IOptions<OAuthOptions> options) : ICredentialScheme
{
    /// <summary>A compact JWS begins with a brace in base64url.</summary>
    public bool Accepts(string credential) => credential.StartsWith("ey", StringComparison.Ordinal);

    public async ValueTask<CredentialLookup> VerifyAsync(
        string credential, CredentialUse use, CancellationToken cancellationToken)
    {
        var (claims, problem) = await reader.ReadAsync(credential, cancellationToken);
        if (claims is null)
        {
            return Refused(problem!.Value);
        }

        var terms = new AccessTokenTerms(
            urls.Issuer, use.Resource, use.Tenant, time.GetUtcNow(), options.Value.ClockSkew);
        if (AccessTokenRules.Check(claims, terms) is { } broken)
        {
            return Refused(broken);
        }

        // Of a tenant that is gone no grant can be read.
        if (!(await tenants.AskAsync(claims.Grant.Tenant, cancellationToken)).Status.IsThere())
        {
            return CredentialLookup.Refused("unknown");
        }

        var lookup = await grains.Locate<IGrantGrain>(claims.Grant.ToString())
            .DescribeAsync(claims.Id, cancellationToken);
        return lookup.Caller is { } caller ? Narrow(caller, claims, terms) : lookup;
    }

    /// <summary>What the grant is worth, no more than the token says, and no longer than it lives.</summary>
    private static CredentialLookup Narrow(CallerIdentity caller, AccessTokenClaims claims, AccessTokenTerms terms) =>
        caller.Principal == claims.Subject && caller.Tenant == claims.Grant.Tenant
            ? CredentialLookup.Of(caller with
            {
                Scopes = [.. claims.Scopes.Where(scope => McpScopes.Cover(caller.Scopes, scope))],
                ExpiresAt = claims.ExpiresAt + terms.Skew,
            })
            : CredentialLookup.Refused("unknown");

    private static CredentialLookup Refused(AccessTokenProblem problem) =>
        CredentialLookup.Refused(problem switch
        {
            AccessTokenProblem.Malformed => "malformed",
            AccessTokenProblem.Signature => "signature",
            AccessTokenProblem.Issuer => "issuer",
            AccessTokenProblem.Audience => "audience",
            AccessTokenProblem.Tenant => "tenant",
            AccessTokenProblem.Expired => "expired",
            AccessTokenProblem.NotYet => "not yet valid",
            _ => "unknown",
        });
}
