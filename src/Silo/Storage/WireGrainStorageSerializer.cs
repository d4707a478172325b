using System.Text.Json;
using Orleans.Storage;
using Smcp.Wire;

namespace Smcp.Storage;

/// <summary>
/// Writes stored state as JSON, as the wire does. Orleans' own serializer writes a type that it was not told of but
/// cannot read it back.
/// </summary>
internal sealed class WireGrainStorageSerializer : IGrainStorageSerializer
{
    public BinaryData Serialize<T>(T? input) =>
        new(JsonSerializer.SerializeToUtf8Bytes(input, WireJson.Options));

    public T? Deserialize<T>(BinaryData input) =>
        JsonSerializer.Deserialize<T>(input.ToMemory().Span, WireJson.Options);
}
