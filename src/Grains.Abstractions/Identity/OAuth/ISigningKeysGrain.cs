using Smcp.Engine;

namespace Smcp.Identity.OAuth;

/// <summary>The keys that sign access tokens; they never leave it. Key: <see cref="Key"/>.</summary>
[Grain("signing-keys")]
public interface ISigningKeysGrain
{
    /// <summary>There is one for the installation.</summary>
    const string Key = "platform";

    /// <summary>From a gateway: the public keys that tokens are to be verified with.</summary>
    ValueTask<SigningKeySet> PublishAsync(CancellationToken cancellationToken);

    /// <summary>From a grant: the compact JWS of an access token's claims (RFC 9068).</summary>
    ValueTask<string> SignAsync(ReadOnlyMemory<byte> claims, CancellationToken cancellationToken);

    /// <summary>
    /// Publishes a new key, which signs once every node and client had time to see it. False for one who may not.
    /// </summary>
    Task<bool> RotateAsync(CallContext context, CancellationToken cancellationToken);

    /// <summary>
    /// Destroys a key at once, in an emergency: its tokens are void, and if it was the one that signs, a new one does.
    /// Whether there was such a key, and the caller may.
    /// </summary>
    Task<bool> RevokeAsync(CallContext context, string keyId, CancellationToken cancellationToken);
}
