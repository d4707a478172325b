using Smcp.Wire;

namespace Smcp.Identity.OAuth.Grants;

/// <summary>
/// The refresh tokens of a grant: each is replaced by the next. Nothing here suffices to make one. The successor of a
/// token is computed from the token itself and <see cref="Salt"/>, so that the same one can be given again to who
/// shows the token again, and to nobody else.
/// </summary>
[Wire("oauth-refresh-chain", 2)]
internal sealed record RefreshChain
{
    /// <summary>The number of the current token: 1 and more.</summary>
    public int Generation { get; init; }

    /// <summary>Of the current token's secret.</summary>
    public SecretDigest? Digest { get; init; }

    /// <summary>The random bytes by which the current token followed from the one before it.</summary>
    public ReadOnlyMemory<byte> Salt { get; init; }

    /// <summary>When the current token replaced the one before it.</summary>
    public DateTimeOffset RotatedAt { get; init; }

    /// <summary>The key of the tags that tell a token which was once given out from one that never was.</summary>
    public ReadOnlyMemory<byte> TagKey { get; init; }
}
