using System.Collections.Concurrent;
using Orleans.Storage;
using Smcp.Engine;

namespace Smcp.Storage;

/// <summary>
/// Grain state in the cluster, over an Orleans storage provider. One for each that uses it: it remembers the ETags of
/// the rows that its user read or wrote, so that a write need not read first.
/// </summary>
internal sealed class ClusterGrainStorage(
    [FromKeyedServices(ShellServices.StorageName)] Orleans.Storage.IGrainStorage provider,
    ClusterInventory? inventory = null) : IGrainStorage
{
    private readonly ConcurrentDictionary<StateAddress, Known> _known = new();

    public async ValueTask<StoredState?> ReadAsync(StateAddress address, CancellationToken cancellationToken)
    {
        var row = await FetchAsync(address, cancellationToken);
        return row.RecordExists ? new StoredState(row.State!.Payload, row.State.Version) : null;
    }

    public async ValueTask<long> WriteAsync(
        StateAddress address, ReadOnlyMemory<byte> payload, long expectedVersion, CancellationToken cancellationToken)
    {
        var row = new GrainState<ProviderRow>(new ProviderRow { Version = expectedVersion + 1, Payload = payload })
        {
            ETag = await TagOfAsync(address, expectedVersion, cancellationToken),
            RecordExists = expectedVersion > 0,
        };
        if (expectedVersion == 0 && inventory is not null)
        {
            await ReachAsync(address, () => inventory.AddAsync(address, cancellationToken).AsTask());
        }

        await ReachAsync(address, () => provider.WriteStateAsync(address.Name, GrainOf(address), row));
        _known[address] = new Known(row.State!.Version, row.ETag);
        return row.State.Version;
    }

    public async ValueTask ClearAsync(StateAddress address, long expectedVersion, CancellationToken cancellationToken)
    {
        var row = new GrainState<ProviderRow>(new ProviderRow { Version = expectedVersion })
        {
            ETag = await TagOfAsync(address, expectedVersion, cancellationToken),
            RecordExists = expectedVersion > 0,
        };
        if (expectedVersion > 0)
        {
            await ReachAsync(address, () => provider.ClearStateAsync(address.Name, GrainOf(address), row));
        }

        if (expectedVersion > 0 && inventory is not null)
        {
            await ReachAsync(address, () => inventory.RemoveAsync(address, cancellationToken).AsTask());
        }

        // What a provider leaves in place of a cleared row differs: the next write asks it.
        _known.TryRemove(address, out _);
    }

    private static GrainId GrainOf(StateAddress address) => GrainId.Create(address.GrainType, address.GrainKey);

    /// <summary>The ETag of the row, if it is of the expected version.</summary>
    private async ValueTask<string?> TagOfAsync(
        StateAddress address, long expectedVersion, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (_known.TryGetValue(address, out var known) && known.Version == expectedVersion)
        {
            return known.Tag;
        }

        var row = await FetchAsync(address, cancellationToken);
        var stored = row.RecordExists ? row.State!.Version : 0;
        return stored == expectedVersion
            ? row.ETag
            : throw new StateConflictException($"{address} is of version {stored}, not {expectedVersion}.");
    }

    private async ValueTask<GrainState<ProviderRow>> FetchAsync(
        StateAddress address, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var row = new GrainState<ProviderRow>(new ProviderRow());
        await ReachAsync(address, () => provider.ReadStateAsync(address.Name, GrainOf(address), row));
        _known[address] = new Known(row.RecordExists ? row.State!.Version : 0, row.ETag);
        return row;
    }

    private async ValueTask ReachAsync(StateAddress address, Func<Task> access)
    {
        try
        {
            await access();
        }
        catch (InconsistentStateException exception)
        {
            _known.TryRemove(address, out _);
            throw new StateConflictException($"{address}: {exception.Message}");
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            _known.TryRemove(address, out _);
            throw new StorageUnavailableException($"{address}: {exception.Message}", exception);
        }
    }

    /// <summary>The version of a row, 0 for none, and the provider's tag for it.</summary>
    private sealed record Known(long Version, string? Tag);
}
