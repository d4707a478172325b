using Smcp.Storage;

namespace Smcp.TestSupport;

/// <summary>The inventory of the stores in memory.</summary>
public sealed class InMemoryInventory(InMemoryGrainStorage states, InMemoryLogStorage logs) : IStorageInventory
{
    public ValueTask<IReadOnlyList<StateAddress>> ListStatesAsync(
        string keyPrefix, StateAddress? after, int itemsMax, CancellationToken cancellationToken) =>
        ValueTask.FromResult<IReadOnlyList<StateAddress>>(
        [
            .. states.States.Keys
                .Where(address => address.GrainKey.StartsWith(keyPrefix, StringComparison.Ordinal))
                .Where(address => after is null || Compare(address, after.Value) > 0)
                .Order(Comparer<StateAddress>.Create(Compare))
                .Take(itemsMax),
        ]);

    public ValueTask<IReadOnlyList<string>> ListLogsAsync(
        string prefix, string? after, int itemsMax, CancellationToken cancellationToken) =>
        ValueTask.FromResult<IReadOnlyList<string>>(
        [
            .. logs.Names
                .Where(name => name.StartsWith(prefix, StringComparison.Ordinal))
                .Where(name => string.CompareOrdinal(name, after) > 0)
                .Order(StringComparer.Ordinal)
                .Take(itemsMax),
        ]);

    public ValueTask<bool> ReplaceAsync(
        string log, IReadOnlyList<RecordReplacement> records, CancellationToken cancellationToken) =>
        ValueTask.FromResult(logs.Replace(log, records));

    public ValueTask EraseRemovedAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

    private static int Compare(StateAddress one, StateAddress other) =>
        string.CompareOrdinal(one.GrainType, other.GrainType) is var type and not 0 ? type
        : string.CompareOrdinal(one.GrainKey, other.GrainKey) is var key and not 0 ? key
        : string.CompareOrdinal(one.Name, other.Name);
}
