using Smcp.Wire;

namespace Smcp.Identity.OAuth.Clients;

/// <summary>What is stored of a client.</summary>
[Wire("oauth-client-state", 1)]
internal sealed record ClientState
{
    public OAuthClient? Client { get; init; }

    /// <summary>SHA-256 of its secret; empty where it has none.</summary>
    public ReadOnlyMemory<byte> SecretDigest { get; init; }

    /// <summary>When somebody last let it act; its registration at first.</summary>
    public DateTimeOffset UsedAt { get; init; }

    /// <summary>Of a document: when it is to be fetched again.</summary>
    public DateTimeOffset FreshUntil { get; init; }
}
