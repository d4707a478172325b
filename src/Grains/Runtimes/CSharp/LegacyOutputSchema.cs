using System.Text.Json;
using System.Text.Json.Nodes;
using ModelContextProtocol.Protocol;

namespace Smcp.Runtimes.CSharp;

/// <summary>
/// Before 2026-07-28 an output schema is of an object (SEP-2106 lifted that). A tool's structured content of another
/// type is wrapped by the SDK in
/// <c>{"result": …}</c> for those revisions; the listed schema must say the same.
/// </summary>
internal static class LegacyOutputSchema
{
    private const string WrappedRoot = "#/properties/result";

    public static Tool Of(Tool tool)
    {
        if (tool.OutputSchema is not { } natural || IsObject(natural))
        {
            return tool;
        }

        return new Tool
        {
            Name = tool.Name,
            Title = tool.Title,
            Description = tool.Description,
            InputSchema = tool.InputSchema,
            OutputSchema = Of(natural),
            Annotations = tool.Annotations,
            Icons = tool.Icons,
            Meta = tool.Meta,
        };
    }

    /// <summary>The schema as those revisions must see it; the same one where it is of an object.</summary>
    public static JsonElement Of(JsonElement natural) =>
        IsObject(natural) ? natural : IsNullableObject(natural) ? AsObject(natural) : Wrapped(natural);

    private static bool IsObject(JsonElement schema) =>
        TypeOf(schema) is { ValueKind: JsonValueKind.String } type && type.ValueEquals("object");

    private static bool IsNullableObject(JsonElement schema) =>
        TypeOf(schema) is { ValueKind: JsonValueKind.Array } types
        && types.GetArrayLength() == 2
        && types.EnumerateArray().All(type => type.ValueKind == JsonValueKind.String)
        && types.EnumerateArray().Any(type => type.ValueEquals("object"))
        && types.EnumerateArray().Any(type => type.ValueEquals("null"));

    private static JsonElement? TypeOf(JsonElement schema) =>
        schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty("type", out var type) ? type : null;

    private static JsonElement AsObject(JsonElement schema)
    {
        var node = JsonObject.Create(schema)!;
        node["type"] = "object";
        return node.Deserialize(McpJson<JsonElement>.Info);
    }

    private static JsonElement Wrapped(JsonElement schema)
    {
        var inner = JsonNode.Parse(schema.GetRawText());
        Rebase(inner);
        var node = new JsonObject
        {
            ["type"] = "object",
            ["properties"] = new JsonObject { ["result"] = inner },
            ["required"] = new JsonArray("result"),
        };
        return node.Deserialize(McpJson<JsonElement>.Info);
    }

    /// <summary>References into the schema follow it to its new place; nothing is ever fetched for one.</summary>
    private static void Rebase(JsonNode? node)
    {
        if (node is JsonArray items)
        {
            foreach (var item in items)
            {
                Rebase(item);
            }
        }
        else if (node is JsonObject members)
        {
            if (members["$ref"] is JsonValue reference && reference.TryGetValue(out string? target) && IsLocal(target))
            {
                members["$ref"] = WrappedRoot + target[1..];
            }

            foreach (var member in members)
            {
                Rebase(member.Value);
            }
        }
    }

    private static bool IsLocal(string reference) =>
        reference == "#" || reference.StartsWith("#/", StringComparison.Ordinal);
}
