using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Smcp.Identity.OAuth.Grants;

/// <summary>
/// What a redemption of an authorization code must pass, in order (OAuth 2.1 section 4.1.3). Whoever fails before the
/// last two changed nothing; a valid redemption of a redeemed code is a replay.
/// </summary>
internal static class CodeRules
{
    private delegate TokenRefusal? CodeRule(GrantState grant, CodeRedemption redemption, Circumstances of);

    private static readonly CodeRule[] All =
    [
        GrantHasACode,
        CodeIsTheGrants,
        ClientIsTheGrants,
        RedirectUriIsTheGrants,
        VerifierMeetsTheChallenge,
        ResourceIsTheGrants,
        GrantIsNotRevoked,
        CodeWasNotRedeemed,
        CodeIsInTime,
    ];

    /// <summary>Why the code is not exchanged; null when it is.</summary>
    /// <param name="grant">As it is now.</param>
    /// <param name="redemption">What was shown.</param>
    /// <param name="isCode">Whether the code is the one of the grant's digest.</param>
    /// <param name="now">The time.</param>
    public static TokenRefusal? Check(GrantState grant, CodeRedemption redemption, bool isCode, DateTimeOffset now)
    {
        var circumstances = new Circumstances(isCode, now);
        foreach (var rule in All)
        {
            if (rule(grant, redemption, circumstances) is { } refusal)
            {
                return refusal;
            }
        }

        return null;
    }

    private static TokenRefusal? GrantHasACode(GrantState grant, CodeRedemption redemption, Circumstances of) =>
        grant.Client is null || grant.CodeDigest is null ? TokenRefusal.UnknownGrant : null;

    private static TokenRefusal? CodeIsTheGrants(GrantState grant, CodeRedemption redemption, Circumstances of) =>
        of.IsCode ? null : TokenRefusal.Unmatched;

    private static TokenRefusal? ClientIsTheGrants(GrantState grant, CodeRedemption redemption, Circumstances of) =>
        grant.Client == redemption.Client ? null : TokenRefusal.OtherClient;

    private static TokenRefusal? RedirectUriIsTheGrants(
        GrantState grant, CodeRedemption redemption, Circumstances of) =>
        redemption.RedirectUri is null || redemption.RedirectUri == grant.RedirectUri
            ? null
            : TokenRefusal.OtherRedirectUri;

    /// <summary>RFC 7636 section 4.6; a code without a challenge is never given out, so none is downgraded.</summary>
    private static TokenRefusal? VerifierMeetsTheChallenge(
        GrantState grant, CodeRedemption redemption, Circumstances of) =>
        redemption.Verifier is { Length: >= 43 and <= 128 } verifier
            && !verifier.AsSpan().ContainsAnyExcept(Unreserved)
            && CryptographicOperations.FixedTimeEquals(
                Encoding.ASCII.GetBytes(grant.CodeChallenge),
                Encoding.ASCII.GetBytes(Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)))))
            ? null
            : TokenRefusal.WrongVerifier;

    private static TokenRefusal? ResourceIsTheGrants(
        GrantState grant, CodeRedemption redemption, Circumstances of) =>
        redemption.Resource is null || redemption.Resource == grant.Resource ? null : TokenRefusal.OtherResource;

    private static TokenRefusal? GrantIsNotRevoked(GrantState grant, CodeRedemption redemption, Circumstances of) =>
        grant.IsRevoked ? TokenRefusal.Revoked : null;

    private static TokenRefusal? CodeWasNotRedeemed(
        GrantState grant, CodeRedemption redemption, Circumstances of) =>
        grant.IsCodeRedeemed ? TokenRefusal.CodeReplayed : null;

    private static TokenRefusal? CodeIsInTime(GrantState grant, CodeRedemption redemption, Circumstances of) =>
        of.Now < grant.CodeExpiresAt ? null : TokenRefusal.Expired;

    /// <summary>RFC 3986 section 2.3.</summary>
    private static readonly System.Buffers.SearchValues<char> Unreserved = System.Buffers.SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~");

    private readonly record struct Circumstances(bool IsCode, DateTimeOffset Now);
}
