using System.Security.Cryptography;
using System.Text;
using Smcp.Identity.Jose;

namespace Smcp.Identity.Federation;

/// <summary>
/// What an ID token must be, one rule after the other (OpenID Connect Core section 3.1.3.7). No input but its
/// arguments: the clock too is passed in.
/// </summary>
internal static class IdTokenRules
{
    private static readonly Func<SignedToken, IdTokenTerms, string?>[] Rules =
        [Algorithm, Signature, Issuer, Audience, AuthorizedParty, Expiry, IssuedAt, Nonce, Subject];

    /// <summary>The first rule that is broken, as a short word; null when all hold.</summary>
    public static string? Check(SignedToken token, IdTokenTerms terms) =>
        Rules.Select(rule => rule(token, terms)).FirstOrDefault(broken => broken is not null);

    private static string? Algorithm(SignedToken token, IdTokenTerms terms) =>
        token.Algorithm is VerificationKey.Rs256 or VerificationKey.Es256 ? null : "algorithm";

    /// <summary>
    /// By a key that was made for this algorithm, so that no key is used as what it is not (RFC 8725 section 3.1).
    /// Without a key id, by any: a provider may have one key only.
    /// </summary>
    private static string? Signature(SignedToken token, IdTokenTerms terms) => terms.Keys
        .Where(key => key.Algorithm == token.Algorithm && (token.KeyId is null || key.Id == token.KeyId))
        .Any(key => key.Verify(token.Signed.Span, token.Signature.Span))
            ? null
            : "signature";

    private static string? Issuer(SignedToken token, IdTokenTerms terms) =>
        token.Claim("iss") == terms.Issuer ? null : "issuer";

    private static string? Audience(SignedToken token, IdTokenTerms terms) =>
        token.ClaimList("aud").Contains(terms.ClientId) ? null : "audience";

    /// <summary>A token for several must say that it was made for us.</summary>
    private static string? AuthorizedParty(SignedToken token, IdTokenTerms terms) =>
        token.Claim("azp") is { } party ? party == terms.ClientId ? null : "authorized-party"
        : token.ClaimList("aud").Count == 1 ? null
        : "authorized-party";

    private static string? Expiry(SignedToken token, IdTokenTerms terms) =>
        token.ClaimTime("exp") is { } expiry && terms.Now - terms.Skew < expiry ? null : "expired";

    private static string? IssuedAt(SignedToken token, IdTokenTerms terms) =>
        token.ClaimTime("iat") is { } issuedAt
        && issuedAt <= terms.Now + terms.Skew
        && token.IsAbsentOrNotAfter("nbf", terms.Now + terms.Skew)
            ? null
            : "not-yet-valid";

    private static string? Nonce(SignedToken token, IdTokenTerms terms) =>
        token.Claim("nonce") is { } nonce
        && CryptographicOperations.FixedTimeEquals(
            Encoding.UTF8.GetBytes(nonce), Encoding.UTF8.GetBytes(terms.Nonce))
            ? null
            : "nonce";

    private static string? Subject(SignedToken token, IdTokenTerms terms) =>
        token.Claim("sub") is { Length: > 0 and <= 255 } ? null : "subject";
}
