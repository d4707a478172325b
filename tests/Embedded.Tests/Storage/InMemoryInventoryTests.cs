using Smcp.TestSupport;

namespace Smcp.Storage;

/// <summary>What other tests use in place of the real store keeps its contract.</summary>
public sealed class InMemoryInventoryTests : StorageInventoryContract
{
    private readonly InMemoryGrainStorage _states = new();
    private readonly InMemoryLogStorage _logs = new();

    public InMemoryInventoryTests() => Inventory = new InMemoryInventory(_states, _logs);

    protected override IGrainStorage States => _states;

    protected override ILogStorage Logs => _logs;

    protected override IStorageInventory Inventory { get; }
}
