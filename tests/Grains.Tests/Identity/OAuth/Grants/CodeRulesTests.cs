using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Smcp.Identity.OAuth.Grants;

/// <summary>What a redemption of a code must be, each rule by itself.</summary>
public sealed class CodeRulesTests
{
    private const string Code = "smcpc.acme.0123456789abcdef012345.secret";
    private const string Redirect = "http://127.0.0.1:3000/cb";
    private const string Resource = "https://smcp.example/t/acme/s/notes/mcp";

    private static readonly DateTimeOffset Now = new(2026, 7, 28, 12, 0, 0, TimeSpan.Zero);
    private static readonly string Verifier = new('v', 43);

    private readonly GrantState _grant = new()
    {
        Client = ClientId.Parse("client"),
        Resource = Resource,
        RedirectUri = Redirect,
        CodeChallenge = ChallengeOf(Verifier),
        CodeDigest = new SecretDigest(1, new byte[32]),
        CodeExpiresAt = Now + TimeSpan.FromSeconds(1),
    };

    private readonly CodeRedemption _redemption = new()
    {
        Code = Code,
        Client = ClientId.Parse("client"),
        RedirectUri = Redirect,
        Verifier = Verifier,
        Resource = Resource,
        Issuer = "https://smcp.example",
    };

    [Fact]
    public void Code_IsGood_WhenAllHolds() => Assert.Null(Check(_grant, _redemption));

    [Fact]
    public void Code_IsGood_WithoutWhatMayBeLeftOut() =>
        Assert.Null(Check(_grant, _redemption with { RedirectUri = null, Resource = null }));

    [Fact]
    public void Code_IsRefused_WhenThereIsNoGrantOrNoCode()
    {
        Assert.Equal(TokenRefusal.UnknownGrant, Check(new GrantState(), _redemption));
        Assert.Equal(TokenRefusal.UnknownGrant, Check(_grant with { Client = null }, _redemption));
        Assert.Equal(TokenRefusal.UnknownGrant, Check(_grant with { CodeDigest = null }, _redemption));
    }

    [Fact]
    public void Code_IsRefused_WhenItIsAnother() =>
        Assert.Equal(TokenRefusal.Unmatched, CodeRules.Check(_grant, _redemption, isCode: false, Now));

    [Fact]
    public void Code_IsRefused_ToAnotherClient() => Assert.Equal(
        TokenRefusal.OtherClient, Check(_grant, _redemption with { Client = ClientId.Parse("other") }));

    [Fact]
    public void Code_IsRefused_ForAnotherAddressOrResource()
    {
        Assert.Equal(
            TokenRefusal.OtherRedirectUri, Check(_grant, _redemption with { RedirectUri = Redirect + "/" }));
        Assert.Equal(TokenRefusal.OtherResource, Check(_grant, _redemption with { Resource = Resource + "/" }));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("vvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvv")]
    [InlineData("wvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvv")]
    public void Code_IsRefused_WhenTheVerifierIsNotTheChallenges(string? verifier) =>
        Assert.Equal(TokenRefusal.WrongVerifier, Check(_grant, _redemption with { Verifier = verifier }));

    /// <summary>RFC 7636 section 4.1: 43 to 128 unreserved characters, whatever the challenge was made of.</summary>
    [Theory]
    [InlineData(42, 'a', false)]
    [InlineData(43, 'a', true)]
    [InlineData(43, '~', true)]
    [InlineData(128, 'a', true)]
    [InlineData(129, 'a', false)]
    [InlineData(43, '+', false)]
    [InlineData(43, '=', false)]
    public void Verifier_HasTheFormOfOne(int length, char of, bool isGood)
    {
        var verifier = new string(of, length);
        var refusal = Check(
            _grant with { CodeChallenge = ChallengeOf(verifier) }, _redemption with { Verifier = verifier });

        Assert.Equal(isGood ? null : TokenRefusal.WrongVerifier, refusal);
    }

    [Fact]
    public void Code_IsRefused_WhenItsGrantWasRevokedOrItWasRedeemed()
    {
        Assert.Equal(TokenRefusal.Revoked, Check(_grant with { IsRevoked = true }, _redemption));
        Assert.Equal(TokenRefusal.CodeReplayed, Check(_grant with { IsCodeRedeemed = true }, _redemption));
    }

    /// <summary>Only who could have redeemed it can be a replay: anybody else changes nothing.</summary>
    [Fact]
    public void Replay_IsSeenOnlyOfAValidRedemption()
    {
        var redeemed = _grant with { IsCodeRedeemed = true };

        Assert.Equal(TokenRefusal.WrongVerifier, Check(redeemed, _redemption with { Verifier = new string('x', 43) }));
        Assert.Equal(
            TokenRefusal.OtherClient, Check(redeemed, _redemption with { Client = ClientId.Parse("other") }));
    }

    [Fact]
    public void Code_IsRefused_OnceItsTimeIsOver()
    {
        Assert.Null(CodeRules.Check(
            _grant, _redemption, isCode: true, _grant.CodeExpiresAt - TimeSpan.FromTicks(1)));
        Assert.Equal(TokenRefusal.Expired, CodeRules.Check(_grant, _redemption, isCode: true, _grant.CodeExpiresAt));
    }

    private static TokenRefusal? Check(GrantState grant, CodeRedemption redemption) =>
        CodeRules.Check(grant, redemption, isCode: true, Now);

    private static string ChallengeOf(string verifier) =>
        Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)));
}
