using Smcp.Wire;

namespace Smcp.Identity.Keys;

/// <summary>The record of one API key.</summary>
[Wire("api-key-state", 1)]
internal sealed record ApiKeyState
{
    /// <summary>What may be known of it; null before it was made.</summary>
    public ApiKeyInfo? Info { get; init; }

    /// <summary>The digest of the key in force.</summary>
    public SecretDigest? Current { get; init; }

    /// <summary>
    /// The digest of the one before the last rotation, taken until <see cref="ApiKeyInfo.PreviousUntil"/>.
    /// </summary>
    public SecretDigest? Previous { get; init; }
}
