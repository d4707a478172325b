using Microsoft.Extensions.DependencyInjection;
using Smcp.Servers;
using Smcp.Storage;

namespace Smcp.Data;

/// <summary>
/// The states that the instances of C# servers keep: rows of their own, of which no grain has a list. The store has
/// one, where it has one at all.
/// </summary>
internal sealed class InstanceStates(IGrainStorage storage, IServiceProvider services)
{
    public const string GrainType = "server-state";

    private const int PageItems = 256;

    /// <summary>Removes those of all instances of a server; how many there were.</summary>
    public async ValueTask<int> RemoveAsync(ServerKey server, CancellationToken cancellationToken)
    {
        if (services.GetKeyedService<IStorageInventory>(RawStorage.Key) is not { } inventory)
        {
            return 0;
        }

        var removed = 0;
        var after = new StateAddress(GrainType, string.Empty, string.Empty);
        while (await inventory.ListStatesAsync($"{server}/", after, PageItems, cancellationToken)
            is { Count: > 0 } page)
        {
            foreach (var address in page.TakeWhile(address => address.GrainType == GrainType))
            {
                if (await storage.ReadAsync(address, cancellationToken) is { } row)
                {
                    // An instance that still runs finds out by its next write, which fails.
                    await storage.ClearAsync(address, row.Version, cancellationToken);
                    removed++;
                }
            }

            if (page[^1].GrainType != GrainType)
            {
                break;
            }

            after = page[^1];
        }

        return removed;
    }
}
