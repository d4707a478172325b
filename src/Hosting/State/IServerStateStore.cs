namespace Smcp.Hosting.State;

/// <summary>Where the state of one instance is stored. What a write acknowledged survives a crash.</summary>
internal interface IServerStateStore
{
    ValueTask<StoredServerState?> ReadAsync(string name, CancellationToken cancellationToken);

    /// <summary>Writes if the stored version is the expected one (0: none), and returns the new version.</summary>
    /// <exception cref="ServerStateConflictException">Another writer was here: nothing was written.</exception>
    ValueTask<long> WriteAsync(
        string name, ReadOnlyMemory<byte> payload, long expectedVersion, CancellationToken cancellationToken);
}
