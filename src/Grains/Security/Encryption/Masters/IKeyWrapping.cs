namespace Smcp.Security.Encryption.Masters;

/// <summary>
/// Encrypts data keys with the master key. Where a key vault does it, the master key never comes here. Throws
/// <see cref="EncryptionStartException"/> where there is no usable master key, and
/// <see cref="Smcp.Storage.StorageUnavailableException"/> where a vault cannot be reached.
/// </summary>
internal interface IKeyWrapping
{
    /// <summary>
    /// Gets ready. <paramref name="mayCreate"/>: the store is new, so a first master key may be made.
    /// </summary>
    ValueTask OpenAsync(bool mayCreate, CancellationToken cancellationToken);

    /// <summary>The version that wraps now.</summary>
    ValueTask<int> CurrentAsync(CancellationToken cancellationToken);

    /// <summary>Adds a version, which wraps from now on. Earlier ones still unwrap.</summary>
    ValueTask<int> AdvanceAsync(CancellationToken cancellationToken);

    /// <summary>Wraps a key for a context, which must be said again to unwrap it.</summary>
    ValueTask<WrappedKey> WrapAsync(
        ReadOnlyMemory<byte> key, ReadOnlyMemory<byte> context, CancellationToken cancellationToken);

    /// <summary>The key, or null where it was wrapped by another master key, for another context, or changed.</summary>
    ValueTask<byte[]?> UnwrapAsync(
        WrappedKey wrapped, ReadOnlyMemory<byte> context, CancellationToken cancellationToken);
}
