using Smcp.Identity.Jose;

namespace Smcp.Identity.Federation;

/// <summary>What an ID token is held against.</summary>
internal sealed record IdTokenTerms
{
    public required string Issuer { get; init; }

    public required string ClientId { get; init; }

    public required string Nonce { get; init; }

    public required IReadOnlyList<VerificationKey> Keys { get; init; }

    public required DateTimeOffset Now { get; init; }

    /// <summary>How far the clocks may be apart.</summary>
    public required TimeSpan Skew { get; init; }
}
