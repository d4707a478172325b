namespace Smcp.Storage;

/// <summary>Fills an empty store with everything that another one holds, as it is stored there.</summary>
public interface IStorageImport
{
    /// <summary>
    /// Takes everything over, and counts what stands then. Interrupted, it leaves an empty store, or one that refuses
    /// to be served from until the same content was imported whole.
    /// </summary>
    /// <exception cref="StorageStartException">The store holds something already, or cannot be used.</exception>
    ValueTask<StoreCount> ImportAsync(IStoreContent content, CancellationToken cancellationToken);
}
