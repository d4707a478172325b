namespace Smcp.Hosting;

/// <summary>
/// A durable key-value store of this server in this tenant, shared by all of the server's instances; inject it by
/// constructor. Thread-safe. What a write acknowledged survives a crash.
/// </summary>
/// <exception cref="ServerDataUnavailableException">
/// Of every method: it cannot be reached now; whether a write took effect is unknown.
/// </exception>
public interface IServerKeyValues
{
    /// <summary>The value of a key; null where there is none, or it expired.</summary>
    ValueTask<ServerValue?> GetAsync(string key, CancellationToken cancellationToken = default);

    /// <summary>
    /// Writes a value and returns its version, which is another with each write.
    /// </summary>
    /// <param name="key">1 to 512 bytes of UTF-8.</param>
    /// <param name="value">At most 32 KiB, where the host does not say otherwise.</param>
    /// <param name="terms">How long it lives, what is said of it and what it replaces; null: for good.</param>
    /// <param name="cancellationToken">Withdraws the wish; the write may have begun.</param>
    /// <exception cref="ServerDataConflictException">There is another version: nothing was written.</exception>
    /// <exception cref="ServerDataQuotaException">There is no room: nothing was written.</exception>
    /// <exception cref="ArgumentException">
    /// The key, the value or its metadata is too large, or the terms contradict each other.
    /// </exception>
    ValueTask<long> SetAsync(
        string key,
        ReadOnlyMemory<byte> value,
        ServerValueTerms? terms = null,
        CancellationToken cancellationToken = default);

    /// <summary>Removes a key. False where there was none.</summary>
    /// <exception cref="ServerDataConflictException">There is another version: nothing was removed.</exception>
    ValueTask<bool> DeleteAsync(
        string key, long? expectedVersion = null, CancellationToken cancellationToken = default);

    /// <summary>
    /// The keys that begin with a prefix, in ordinal order, after a key: at most so many, and 256. Keys written
    /// meanwhile may be missed or met.
    /// </summary>
    ValueTask<ServerValuePage> ListAsync(
        string prefix = "", string? after = null, int countMax = 100, CancellationToken cancellationToken = default);
}
