namespace Smcp.Hosting;

/// <summary>
/// Durable objects of this server in this tenant: what is too large for <see cref="IServerKeyValues"/>. Shared by all
/// of the server's instances; inject it by constructor. Thread-safe. An object is what one write made it, whole, and
/// what a write acknowledged survives a crash. Contents are streamed in both directions: neither is held in memory.
/// </summary>
/// <exception cref="ServerDataUnavailableException">
/// Of every method: it cannot be reached now; whether a write took effect is unknown.
/// </exception>
public interface IServerObjects
{
    /// <summary>What is known of an object; null where there is none.</summary>
    ValueTask<ServerObjectInfo?> HeadAsync(string key, CancellationToken cancellationToken = default);

    /// <summary>An object and its content, or a part of it; null where there is none.</summary>
    /// <param name="key">1 to 1,024 bytes of UTF-8.</param>
    /// <param name="read">Which part, and under which conditions; null: all of it.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    ValueTask<ServerObject?> GetAsync(
        string key, ServerObjectRead? read = null, CancellationToken cancellationToken = default);

    /// <summary>
    /// Writes an object: all that the stream still has. It is there when this returns, and until then what was there
    /// before. When it throws, nothing was written.
    /// </summary>
    /// <param name="key">1 to 1,024 bytes of UTF-8.</param>
    /// <param name="content">At most 64 MiB, where the host does not say otherwise.</param>
    /// <param name="terms">What is said of it, and under which conditions; null: nothing, whatever there is.</param>
    /// <param name="cancellationToken">Gives the write up.</param>
    /// <exception cref="ServerDataConflictException">The conditions do not hold.</exception>
    /// <exception cref="ServerDataQuotaException">There is no room.</exception>
    /// <exception cref="ArgumentException">The key, the content or what is said of it is too large.</exception>
    ValueTask<ServerObjectInfo> PutAsync(
        string key, Stream content, ServerObjectTerms? terms = null, CancellationToken cancellationToken = default);

    /// <summary>Removes an object. False where there was none.</summary>
    /// <exception cref="ServerDataConflictException">The conditions do not hold: nothing was removed.</exception>
    ValueTask<bool> DeleteAsync(
        string key, ServerObjectConditions? conditions = null, CancellationToken cancellationToken = default);

    /// <summary>
    /// Objects in ordinal order of their keys, a page at a time. Those written meanwhile may be missed or met.
    /// </summary>
    ValueTask<ServerObjectPage> ListAsync(
        ServerObjectQuery? query = null, CancellationToken cancellationToken = default);
}
