using Smcp.Identity.Jose;

namespace Smcp.Identity.Federation;

/// <summary>One provider's metadata and keys, held for a while. For one activation's scheduler only.</summary>
internal sealed class ProviderMemory(OidcProvider provider, FederationOptions options, TimeProvider time)
{
    private string? _issuer;
    private ProviderMetadata? _metadata;
    private IReadOnlyList<VerificationKey> _keys = [];
    private long _metadataAt;
    private long? _keysAt;

    public async Task<ProviderMetadata?> MetadataAsync(string issuer, CancellationToken cancellationToken)
    {
        if (_issuer == issuer && _metadata is not null
            && time.GetElapsedTime(_metadataAt) < options.MetadataLifetime)
        {
            return _metadata;
        }

        var metadata = await provider.DiscoverAsync(issuer, cancellationToken);
        (_issuer, _metadata, _metadataAt, _keysAt) = (issuer, metadata, time.GetTimestamp(), null);
        return metadata;
    }

    /// <summary>
    /// The keys to check a token with; asked for anew when it names one that is not among them, since providers rotate
    /// theirs, but not at every word of a stranger.
    /// </summary>
    public async Task<IReadOnlyList<VerificationKey>> KeysAsync(
        ProviderMetadata metadata, SignedToken token, CancellationToken cancellationToken)
    {
        var age = _keysAt is { } at ? time.GetElapsedTime(at) : TimeSpan.MaxValue;
        var isKnown = token.KeyId is null || _keys.Any(key => key.Id == token.KeyId);
        if (age >= options.MetadataLifetime || (!isKnown && age >= options.KeysReload))
        {
            var keys = await provider.ReadKeysAsync(metadata, cancellationToken);
            (_keys, _keysAt) = (keys, time.GetTimestamp());
        }

        return _keys;
    }
}
