using Smcp.Engine;
using Smcp.Identity;
using Smcp.Identity.OAuth;
using Smcp.Tenants;
using Smcp.TestSupport;

namespace Smcp.OAuth.AccessTokens;

/// <summary>The signing keys, and a grant, as a test wants them.</summary>
internal sealed class FakeKeys : IGrainLocator, ISigningKeysGrain
{
    public List<PublicSigningKey> Keys { get; } = [];

    /// <summary>What asking ends in instead of keys.</summary>
    public Exception? Failure { get; set; }

    /// <summary>How often the keys were asked for.</summary>
    public int Asked { get; private set; }

    /// <summary>The grants there are, by their keys.</summary>
    public Dictionary<string, IGrantGrain> Grants { get; } = [];

    /// <summary>Where every tenant is in its life.</summary>
    public TenantStatus TenantStatus { get; set; } = TenantStatus.Active;

    public TGrain Locate<TGrain>(string key)
        where TGrain : class =>
        typeof(TGrain) == typeof(IGrantGrain) ? (TGrain)Grants[key]
        : typeof(TGrain) == typeof(ITenantGrain)
            ? (TGrain)(object)new FakeTenant(() => new TenantSnapshot { Status = TenantStatus })
            : (TGrain)(object)this;

    public ValueTask<SigningKeySet> PublishAsync(CancellationToken cancellationToken)
    {
        Asked++;
        return Failure is null ? new(new SigningKeySet { Keys = [.. Keys] }) : throw Failure;
    }

    public ValueTask<string> SignAsync(ReadOnlyMemory<byte> claims, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<bool> RotateAsync(CallContext context, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<bool> RevokeAsync(CallContext context, string keyId, CancellationToken cancellationToken) =>
        throw new NotSupportedException();
}
