using System.Collections.Concurrent;
using System.Globalization;
using Orleans.Storage;

namespace Smcp;

/// <summary>
/// Grain storage that both silos share and that outlives them, as a database would. Keeps the serialized form, fenced by
/// ETag, so that what it returns went through the serializer. (Orleans' own memory storage dies with the silo it is on.)
/// </summary>
internal sealed class SharedGrainStorage(IGrainStorageSerializer serializer) : IGrainStorage
{
    private readonly ConcurrentDictionary<(string Name, GrainId Grain), Row> _rows = new();

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        if (_rows.TryGetValue((stateName, grainId), out var row))
        {
            (grainState.State, grainState.ETag, grainState.RecordExists) =
                (serializer.Deserialize<T>(row.Payload)!, TagOf(row)!, true);
        }
        else
        {
            (grainState.ETag, grainState.RecordExists) = (null!, false);
        }

        return Task.CompletedTask;
    }

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var key = (stateName, grainId);
        var known = _rows.GetValueOrDefault(key);
        var next = new Row(serializer.Serialize(grainState.State), (known?.Version ?? 0) + 1);
        Expect(grainState.ETag, known);
        if (known is null ? !_rows.TryAdd(key, next) : !_rows.TryUpdate(key, next, known))
        {
            throw new InconsistentStateException("Another write came between.");
        }

        (grainState.ETag, grainState.RecordExists) = (TagOf(next)!, true);
        return Task.CompletedTask;
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var key = (stateName, grainId);
        var known = _rows.GetValueOrDefault(key);
        Expect(grainState.ETag, known);
        if (known is not null && !_rows.TryRemove(KeyValuePair.Create(key, known)))
        {
            throw new InconsistentStateException("Another write came between.");
        }

        (grainState.ETag, grainState.RecordExists) = (null!, false);
        return Task.CompletedTask;
    }

    private static string? TagOf(Row? row) => row?.Version.ToString(CultureInfo.InvariantCulture);

    private static void Expect(string? expected, Row? known)
    {
        if (TagOf(known) != expected)
        {
            throw new InconsistentStateException("The row is of another version.", TagOf(known), expected);
        }
    }

    private sealed record Row(BinaryData Payload, long Version);
}
