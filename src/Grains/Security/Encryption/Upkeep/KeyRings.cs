using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;
using Smcp.Security.Encryption.Keys;
using Smcp.Storage;

namespace Smcp.Security.Encryption.Upkeep;

/// <summary>Every ring of the store, and every row of an owner.</summary>
internal sealed class KeyRings(
    DataKeyStore store, DataKeys keys, [FromKeyedServices(RawStorage.Key)] IStorageInventory inventory)
{
    private const int PageItems = 256;

    /// <summary>A ring was changed: this node reads it again now, and the others soon.</summary>
    public async ValueTask AnnounceAsync(KeyOwner owner, CancellationToken cancellationToken)
    {
        await store.AnnounceAsync(cancellationToken);
        await keys.ReloadAsync(owner, cancellationToken);
    }

    /// <summary>The owners that have a ring.</summary>
    public async IAsyncEnumerable<(KeyOwner Owner, DataKeyRing Ring)> AllAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var address in StatesAsync(
            new StateAddress(DataKeyAddress.RingType, string.Empty, string.Empty), cancellationToken))
        {
            if (address.GrainType != DataKeyAddress.RingType)
            {
                yield break;
            }

            if (DataKeyAddress.OwnerAt(address) is { } owner
                && await store.ReadAsync(owner, cancellationToken) is { } stored)
            {
                yield return (owner, stored.Ring);
            }
        }
    }

    /// <summary>The states of some owners.</summary>
    public async IAsyncEnumerable<StateAddress> StatesOfAsync(
        Predicate<KeyOwner> isMeant, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var address in StatesAsync(null, cancellationToken))
        {
            if (address.GrainType != DataKeyAddress.RingType && isMeant(KeyOwnership.Of(address)))
            {
                yield return address;
            }
        }
    }

    /// <summary>The logs of some owners.</summary>
    public async IAsyncEnumerable<string> LogsOfAsync(
        Predicate<KeyOwner> isMeant, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string? after = null;
        while (await inventory.ListLogsAsync(string.Empty, after, PageItems, cancellationToken) is { Count: > 0 } page)
        {
            foreach (var log in page)
            {
                if (!log.StartsWith(DataKeyAddress.LogPrefix, StringComparison.Ordinal)
                    && isMeant(KeyOwnership.OfLog(log)))
                {
                    yield return log;
                }
            }

            after = page[^1];
        }
    }

    private async IAsyncEnumerable<StateAddress> StatesAsync(
        StateAddress? after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (await inventory.ListStatesAsync(string.Empty, after, PageItems, cancellationToken)
            is { Count: > 0 } page)
        {
            foreach (var address in page)
            {
                yield return address;
            }

            after = page[^1];
        }
    }
}
