using Smcp.Identity.Jose;

namespace Smcp.Identity.OAuth.Clients;

/// <summary>
/// What an assertion by which a client proves who it is must be, one rule after the other (RFC 7523 section 3; its
/// audience as draft-ietf-oauth-rfc7523bis section 4 has it). No input but its arguments.
/// </summary>
internal static class ClientAssertionRules
{
    private const int IdLengthMax = 255;

    private static readonly Func<SignedToken, ClientAssertionTerms, string?>[] Rules =
        [Algorithm, Issuer, Subject, Audience, Expiry, Lifetime, Begin, Id];

    /// <summary>
    /// The first rule but the signature's that is broken, as a short word; null when all hold. What breaks one is not
    /// worth to be asked keys for.
    /// </summary>
    public static string? Check(SignedToken token, ClientAssertionTerms terms) =>
        Rules.Select(rule => rule(token, terms)).FirstOrDefault(broken => broken is not null);

    /// <summary>By a key of the client that was made for this algorithm (RFC 8725 section 3.1).</summary>
    public static string? CheckSignature(SignedToken token, IReadOnlyList<VerificationKey> keys) => keys
        .Where(key => key.Algorithm == token.Algorithm && (token.KeyId is null || key.Id == token.KeyId))
        .Any(key => key.Verify(token.Signed.Span, token.Signature.Span))
            ? null
            : "signature";

    private static string? Algorithm(SignedToken token, ClientAssertionTerms terms) =>
        token.Algorithm is VerificationKey.Rs256 or VerificationKey.Es256 ? null : "algorithm";

    private static string? Issuer(SignedToken token, ClientAssertionTerms terms) =>
        token.Claim("iss") == terms.Client.ToString() ? null : "issuer";

    private static string? Subject(SignedToken token, ClientAssertionTerms terms) =>
        token.Claim("sub") == terms.Client.ToString() ? null : "subject";

    /// <summary>
    /// Us and nobody else, by our issuer: an assertion made for a token endpoint's address could be taken to another
    /// server that claims the same address. With the slash that URI parsers put behind a bare host, too.
    /// </summary>
    private static string? Audience(SignedToken token, ClientAssertionTerms terms) =>
        token.ClaimList("aud") is [var audience] && (audience == terms.Issuer || audience == terms.Issuer + "/")
        && HasOneAudience(token)
            ? null
            : "audience";

    private static string? Expiry(SignedToken token, ClientAssertionTerms terms) =>
        token.ClaimTime("exp") is { } expiry && terms.Now - terms.Skew < expiry ? null : "expired";

    /// <summary>What lives long could be stolen long, and would have to be remembered long.</summary>
    private static string? Lifetime(SignedToken token, ClientAssertionTerms terms) =>
        token.ClaimTime("exp") <= terms.Now + terms.LifetimeMax + terms.Skew ? null : "lifetime";

    private static string? Begin(SignedToken token, ClientAssertionTerms terms) =>
        token.IsAbsentOrNotAfter("iat", terms.Now + terms.Skew)
        && token.IsAbsentOrNotAfter("nbf", terms.Now + terms.Skew)
            ? null
            : "not-yet-valid";

    private static string? Id(SignedToken token, ClientAssertionTerms terms) =>
        token.Claim("jti") is { Length: > 0 and <= IdLengthMax } ? null : "id";

    /// <summary>A list may hold what is no text, which is not counted above.</summary>
    private static bool HasOneAudience(SignedToken token) =>
        token.Claims.GetProperty("aud") is var audience
        && (audience.ValueKind == System.Text.Json.JsonValueKind.String || audience.GetArrayLength() == 1);
}
