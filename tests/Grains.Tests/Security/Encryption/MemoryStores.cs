using Smcp.Security.Encryption.Masters;
using Smcp.Storage;
using Smcp.TestSupport;

namespace Smcp.Security.Encryption;

/// <summary>A store in memory with its inventory, and a master key for it.</summary>
internal sealed class MemoryStores
{
    public MemoryStores() => Inventory = new InMemoryInventory(States, Logs);

    public InMemoryGrainStorage States { get; } = new();

    public InMemoryLogStorage Logs { get; } = new();

    public IStorageInventory Inventory { get; }

    public MemoryMasterKeys Masters { get; } = new();

    /// <summary>Empties the store.</summary>
    public void Reset()
    {
        foreach (var address in States.States.Keys)
        {
            States.Put(address, null);
        }

        foreach (var log in Logs.Names)
        {
            Logs.Put(log, null);
        }
    }
}
