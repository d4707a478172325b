namespace Smcp.Storage;

/// <summary>
/// Keyed, versioned state. What a write acknowledged survives a crash and a loss of power. The first write expects
/// version 0; each write returns the next version. After a clear the version begins at 0 again.
/// </summary>
public interface IGrainStorage
{
    /// <summary>The state, or null where there is none.</summary>
    ValueTask<StoredState?> ReadAsync(StateAddress address, CancellationToken cancellationToken);

    /// <summary>Writes if the stored version is the expected one, and returns the new version.</summary>
    /// <exception cref="StateConflictException">The stored version is another: nothing was written.</exception>
    ValueTask<long> WriteAsync(
        StateAddress address, ReadOnlyMemory<byte> payload, long expectedVersion, CancellationToken cancellationToken);

    /// <summary>Removes the state if the stored version is the expected one.</summary>
    /// <exception cref="StateConflictException">The stored version is another: nothing was removed.</exception>
    ValueTask ClearAsync(StateAddress address, long expectedVersion, CancellationToken cancellationToken);
}
