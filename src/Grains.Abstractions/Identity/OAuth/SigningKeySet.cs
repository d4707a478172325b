using Smcp.Wire;

namespace Smcp.Identity.OAuth;

/// <summary>The public keys in force.</summary>
[Wire("signing-key-set", 1)]
public sealed record SigningKeySet
{
    public IReadOnlyList<PublicSigningKey> Keys { get; init; } = [];

    /// <summary>How long others may hold the set: less than a new key waits before it signs.</summary>
    public TimeSpan MaxAge { get; init; }
}
