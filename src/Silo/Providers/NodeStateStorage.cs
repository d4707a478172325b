using System.Globalization;
using Orleans.Storage;
using Smcp.Storage;
using IGrainStorage = Smcp.Storage.IGrainStorage;

namespace Smcp.Providers;

/// <summary>State of Orleans' own grains (who subscribes to which stream) in the nodes' own rows.</summary>
internal sealed class NodeStateStorage(
    [FromKeyedServices(RawStorage.Nodes)] IGrainStorage storage, OrleansGrainStorageSerializer serializer)
    : Orleans.Storage.IGrainStorage
{
    public async Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var stored = await storage.ReadAsync(AddressOf(stateName, grainId), CancellationToken.None);
        grainState.RecordExists = stored is not null;
        grainState.ETag = stored?.Version.ToString(CultureInfo.InvariantCulture)!;
        if (stored is not null)
        {
            grainState.State = serializer.Deserialize<T>(BinaryData.FromBytes(stored.Payload))!;
        }
    }

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        FencedAsync(async () =>
        {
            var payload = serializer.Serialize(grainState.State).ToMemory();
            var version = await storage.WriteAsync(
                AddressOf(stateName, grainId), payload, VersionOf(grainState.ETag), CancellationToken.None);
            (grainState.ETag, grainState.RecordExists) = (version.ToString(CultureInfo.InvariantCulture), true);
        });

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        FencedAsync(async () =>
        {
            await storage.ClearAsync(
                AddressOf(stateName, grainId), VersionOf(grainState.ETag), CancellationToken.None);
            (grainState.ETag, grainState.RecordExists) = (null!, false);
        });

    private static StateAddress AddressOf(string name, GrainId grain) =>
        new(grain.Type.ToString()!, grain.Key.ToString()!, name);

    private static long VersionOf(string? tag) => tag is null ? 0 : long.Parse(tag, CultureInfo.InvariantCulture);

    private static async Task FencedAsync(Func<Task> write)
    {
        try
        {
            await write();
        }
        catch (StateConflictException conflict)
        {
            throw new InconsistentStateException(conflict.Message);
        }
    }
}
