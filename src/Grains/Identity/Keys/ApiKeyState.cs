using Smcp.Wire;

namespace Smcp.Identity.Keys;

/// <summary>The record of one API key.</summary>
[Wire("api-key-state", 3)]
internal sealed record ApiKeyState
{
    /// <summary>What may be known of it; null before it was made.</summary>
    public ApiKeyInfo? Info { get; init; }

    /// <summary>The life of the tenant that it was made in: it is of no other.</summary>
    public int Generation { get; init; } = 1;

    /// <summary>The digest of the key in force.</summary>
    public SecretDigest? Current { get; init; }

    /// <summary>
    /// The digest of the one before the last rotation, taken until <see cref="ApiKeyInfo.PreviousUntil"/>.
    /// </summary>
    public SecretDigest? Previous { get; init; }

    /// <summary>
    /// The digests that were in force when the key was revoked: nothing is let in by them. They tell who still shows a
    /// revoked key from who guesses.
    /// </summary>
    public IReadOnlyList<SecretDigest> Revoked { get; init; } = [];
}
