using System.Security.Cryptography;

namespace Smcp.Identity.OAuth.Grants;

/// <summary>Begins and rotates chains of refresh tokens, and knows where in one a token stands.</summary>
internal sealed class RefreshChains(SecretDigester digester)
{
    private const int KeyBytes = 32;

    public async ValueTask<RefreshChain> BeginAsync(
        RefreshToken first, DateTimeOffset now, CancellationToken cancellationToken) => new()
        {
            Generation = first.Generation,
            Digest = await digester.DigestAsync(first.Secret, cancellationToken),
            RotatedAt = now,
            TagKey = RandomNumberGenerator.GetBytes(KeyBytes),
        };

    /// <summary>The chain after its current token was shown: by a fresh salt follows the next.</summary>
    public async ValueTask<RefreshChain> RotateAsync(
        RefreshChain chain, RefreshToken current, DateTimeOffset now, CancellationToken cancellationToken)
    {
        ReadOnlyMemory<byte> salt = RandomNumberGenerator.GetBytes(KeyBytes);
        var next = current.Next(salt);
        return chain with
        {
            Generation = next.Generation,
            Digest = await digester.DigestAsync(next.Secret, cancellationToken),
            Salt = salt,
            RotatedAt = now,
        };
    }

    public async ValueTask<RefreshMatch> MatchAsync(
        RefreshChain chain, RefreshToken token, CancellationToken cancellationToken)
    {
        if (token.Generation == chain.Generation)
        {
            return await digester.MatchesAsync(token.Secret, chain.Digest, cancellationToken)
                ? RefreshMatch.Current
                : RefreshMatch.Other;
        }

        return token.Generation == chain.Generation - 1
            && await digester.MatchesAsync(token.Next(chain.Salt).Secret, chain.Digest, cancellationToken)
            ? RefreshMatch.BeforeCurrent
            : RefreshMatch.Other;
    }
}
