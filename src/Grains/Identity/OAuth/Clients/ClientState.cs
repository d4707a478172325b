using Smcp.Wire;

namespace Smcp.Identity.OAuth.Clients;

/// <summary>What is stored of a client.</summary>
[Wire("oauth-client-state", 4)]
internal sealed record ClientState
{
    public OAuthClient? Client { get; init; }

    /// <summary>Of its secret; null where it has none.</summary>
    public SecretDigest? SecretDigest { get; init; }

    /// <summary>Of the secret before the last rotation; null where there was none.</summary>
    public SecretDigest? PreviousDigest { get; init; }

    /// <summary>Until when that one is taken.</summary>
    public DateTimeOffset PreviousUntil { get; init; }

    /// <summary>The assertions that it used and that have not ended yet.</summary>
    public IReadOnlyList<SeenAssertion> Assertions { get; init; } = [];

    /// <summary>When somebody last let it act; its registration at first.</summary>
    public DateTimeOffset UsedAt { get; init; }

    /// <summary>Of a document: when it is to be fetched again.</summary>
    public DateTimeOffset FreshUntil { get; init; }
}
