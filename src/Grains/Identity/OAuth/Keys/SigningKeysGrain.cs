using Smcp.Engine;

namespace Smcp.Identity.OAuth.Keys;

/// <summary>Keeps the keys that sign access tokens.</summary>
internal class SigningKeysGrain(IActivationContext activation) : ISigningKeysGrain
{
    public ValueTask<SigningKeySet> PublishAsync(CancellationToken cancellationToken) =>
        ValueTask.FromResult(new SigningKeySet());

    public ValueTask<string> SignAsync(ReadOnlyMemory<byte> claims, CancellationToken cancellationToken) =>
        throw new NotSupportedException(activation.Key);

    public Task RotateAsync(CallContext context, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<bool> RevokeAsync(CallContext context, string keyId, CancellationToken cancellationToken) =>
        throw new NotSupportedException();
}
