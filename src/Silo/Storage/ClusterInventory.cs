using System.Text;

namespace Smcp.Storage;

/// <summary>
/// What the cluster's storage holds, by grains that list it: each row is listed before it is written and struck after
/// it is removed, so what stands is listed, and some of what is listed may not stand.
/// </summary>
internal sealed class ClusterInventory(IGrainFactory grains) : IStorageInventory
{
    /// <summary>Between the parts of a name: sorts before whatever a part may hold.</summary>
    public const char Separator = '\u0001';

    private const string States = "state";
    private const string Logs = "log";
    private const int Parts = 16;

    public ValueTask AddAsync(StateAddress address, CancellationToken cancellationToken) =>
        PartOf(States, ItemOf(address)).AddAsync(ItemOf(address), cancellationToken);

    public ValueTask RemoveAsync(StateAddress address, CancellationToken cancellationToken) =>
        PartOf(States, ItemOf(address)).RemoveAsync(ItemOf(address), cancellationToken);

    public ValueTask AddLogAsync(string log, CancellationToken cancellationToken) =>
        PartOf(Logs, log).AddAsync(log, cancellationToken);

    public ValueTask RemoveLogAsync(string log, CancellationToken cancellationToken) =>
        PartOf(Logs, log).RemoveAsync(log, cancellationToken);

    public async ValueTask<IReadOnlyList<StateAddress>> ListStatesAsync(
        string keyPrefix, StateAddress? after, int itemsMax, CancellationToken cancellationToken)
    {
        var begin = after is { } address ? ItemOf(address) : string.Empty;
        var page = await ListAsync(
            States, part => part.ListAsync(begin, 1, keyPrefix, itemsMax, cancellationToken), itemsMax);
        return [.. page.Select(AddressOf)];
    }

    public async ValueTask<IReadOnlyList<string>> ListLogsAsync(
        string prefix, string? after, int itemsMax, CancellationToken cancellationToken) =>
        await ListAsync(
            Logs,
            part => part.ListAsync(after ?? string.Empty, 0, prefix, itemsMax, cancellationToken),
            itemsMax);

    public ValueTask<bool> ReplaceAsync(
        string log, IReadOnlyList<RecordReplacement> records, CancellationToken cancellationToken) =>
        grains.GetGrain<ILogGrain>(log).ReplaceAsync(
            [.. records.Select(record => record.Sequence)],
            [.. records.Select(record => record.Expected)],
            [.. records.Select(record => record.Payload)],
            cancellationToken);

    /// <summary>What a provider keeps of earlier rows is beyond us: <c>docs/storage.md</c> says so.</summary>
    public ValueTask EraseRemovedAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

    private static string ItemOf(StateAddress address) =>
        string.Join(Separator, address.GrainType, address.GrainKey, address.Name);

    private static StateAddress AddressOf(string item)
    {
        var parts = item.Split(Separator);
        return new StateAddress(parts[0], parts[1], parts[2]);
    }

    private async ValueTask<List<string>> ListAsync(
        string kind, Func<IInventoryGrain, ValueTask<string[]>> list, int itemsMax)
    {
        var pages = await Task.WhenAll(
            Enumerable.Range(0, Parts).Select(part => list(Part(kind, part)).AsTask()));
        return [.. pages.SelectMany(page => page).Order(StringComparer.Ordinal).Take(itemsMax)];
    }

    private IInventoryGrain PartOf(string kind, string item)
    {
        // FNV-1a: the same on every node and in every version.
        var hash = 2166136261u;
        foreach (var value in Encoding.UTF8.GetBytes(item))
        {
            hash = (hash ^ value) * 16777619;
        }

        return Part(kind, (int)(hash % Parts));
    }

    private IInventoryGrain Part(string kind, int part) => grains.GetGrain<IInventoryGrain>($"{kind}-{part}");
}
