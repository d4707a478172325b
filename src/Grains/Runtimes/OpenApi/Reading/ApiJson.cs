using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Smcp.Protocol;

namespace Smcp.Runtimes.OpenApi.Reading;

/// <summary>
/// Members of what may be no object, and items of what may be no list: a description may be anything.
/// </summary>
internal static class ApiJson
{
    /// <summary>The member of an object; null without one, and where it is null.</summary>
    public static JsonElement? Member(this JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value)
            && value.ValueKind != JsonValueKind.Null
            ? value
            : null;

    /// <summary>Bytes of what the member is in the document; 0 without one.</summary>
    public static int LengthOf(this JsonElement json, string name) =>
        json.Member(name) is { } value ? JsonMarshal.GetRawUtf8Value(value).Length : 0;

    public static string? TextOf(this JsonElement json, string name) => json.Member(name)?.Text();

    public static bool Flag(this JsonElement json, string name, bool absent = false) =>
        json.Member(name) is { } value ? value.ValueKind == JsonValueKind.True : absent;

    public static IEnumerable<JsonProperty> Members(this JsonElement json) =>
        json.ValueKind == JsonValueKind.Object ? json.EnumerateObject() : [];

    public static IEnumerable<JsonProperty> Members(this JsonElement json, string name) =>
        json.Member(name)?.Members() ?? [];

    public static IEnumerable<JsonElement> Items(this JsonElement json, string name) =>
        json.Member(name) is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray() : [];

    public static IEnumerable<string> Texts(this JsonElement json, string name) =>
        json.Items(name).Select(item => item.Text()).OfType<string>();

    /// <summary>The same value, to be put into another document.</summary>
    public static JsonNode? Node(this JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object => JsonObject.Create(json),
        JsonValueKind.Array => JsonArray.Create(json),
        JsonValueKind.Null => null,
        _ => JsonValue.Create(json),
    };
}
