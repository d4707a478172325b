using System.Text.Json;
using System.Text.Json.Serialization;

namespace Smcp.Protocol;

internal sealed class JsonRpcIdConverter : JsonConverter<JsonRpcId>
{
    public override JsonRpcId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        new(reader.GetString());

    public override void Write(Utf8JsonWriter writer, JsonRpcId value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Token);
}
