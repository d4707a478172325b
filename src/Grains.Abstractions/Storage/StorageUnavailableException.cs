namespace Smcp.Storage;

/// <summary>
/// The store cannot be used now (disk full, read-only, locked, failing). Nothing that failed so was acknowledged; the
/// write may be tried again after a read.
/// </summary>
public sealed class StorageUnavailableException(string message, Exception? innerException = null)
    : Exception(message, innerException);
