using System.Globalization;
using Orleans.Storage;
using Smcp.Storage;
using Smcp.TestSupport;

namespace Smcp;

/// <summary>
/// Grain storage that both silos share and that outlives them, as a database would, over the stores that the other
/// engine's tests use. (Orleans' own memory storage dies with the silo it is on.)
/// </summary>
internal sealed class SharedGrainStorage(InMemoryGrainStorage store, IGrainStorageSerializer serializer)
    : Orleans.Storage.IGrainStorage
{
    public async Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var row = await store.ReadAsync(AddressOf(stateName, grainId), CancellationToken.None);
        grainState.RecordExists = row is not null;
        grainState.ETag = row?.Version.ToString(CultureInfo.InvariantCulture)!;
        if (row is not null)
        {
            grainState.State = serializer.Deserialize<T>(row.Payload)!;
        }
    }

    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var payload = serializer.Serialize(grainState.State);
        var version = await FencedAsync(() => store.WriteAsync(
            AddressOf(stateName, grainId), payload, VersionOf(grainState.ETag), CancellationToken.None));
        (grainState.ETag, grainState.RecordExists) = (version.ToString(CultureInfo.InvariantCulture), true);
    }

    public async Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        await FencedAsync(async () =>
        {
            await store.ClearAsync(
                AddressOf(stateName, grainId), VersionOf(grainState.ETag), CancellationToken.None);
            return 0L;
        });
        (grainState.ETag, grainState.RecordExists) = (null!, false);
    }

    private static StateAddress AddressOf(string name, GrainId grain) =>
        new(grain.Type.ToString()!, grain.Key.ToString()!, name);

    private static long VersionOf(string? tag) => tag is null ? 0 : long.Parse(tag, CultureInfo.InvariantCulture);

    private static async Task<long> FencedAsync(Func<ValueTask<long>> write)
    {
        try
        {
            return await write();
        }
        catch (StateConflictException exception)
        {
            throw new InconsistentStateException(exception.Message);
        }
    }
}
