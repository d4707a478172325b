using System.Text.Json;
using ModelContextProtocol.Protocol;
using Smcp.Protocol;

namespace Smcp.Runtimes.CSharp;

/// <summary>
/// What a tool's input schema says of its arguments at the top level: which must be there, and of what type. It is for
/// a message that a model
/// can act on; binding checks the rest. No reference is followed.
/// </summary>
internal sealed class ArgumentRules
{
    private readonly string[] _required;
    private readonly (string Name, JsonKinds Kinds, string Expected)[] _typed;

    public ArgumentRules(JsonElement schema)
    {
        _required = schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty("required", out var required)
            && required.ValueKind == JsonValueKind.Array
            ? [.. required.EnumerateArray().Select(name => name.Text()).OfType<string>()]
            : [];
        _typed = schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty("properties", out var properties)
            && properties.ValueKind == JsonValueKind.Object
            ? [.. properties.EnumerateObject().Select(Typed).Where(rule => rule.Kinds != JsonKinds.Any)]
            : [];
    }

    /// <summary>The first thing wrong, as a sentence; null when nothing is.</summary>
    public string? Problem(CallToolRequestParams parameters)
    {
        foreach (var name in _required)
        {
            if (parameters.Arguments?.ContainsKey(name) is not true)
            {
                return $"'{name}' is missing.";
            }
        }

        foreach (var (name, kinds, expected) in _typed)
        {
            if (parameters.Arguments is not null && parameters.Arguments.TryGetValue(name, out var value) &&
                (Kind(value) & kinds) == 0)
            {
                return $"'{name}' is not of type {expected}.";
            }
        }

        return null;
    }

    private static (string Name, JsonKinds Kinds, string Expected) Typed(JsonProperty property)
    {
        if (property.Value.ValueKind != JsonValueKind.Object || !property.Value.TryGetProperty("type", out var type))
        {
            return (property.Name, JsonKinds.Any, string.Empty);
        }

        var kinds = type.ValueKind switch
        {
            JsonValueKind.String => Named(type.Text()),
            JsonValueKind.Array => type.EnumerateArray().Where(IsText)
                .Aggregate(default(JsonKinds), (sum, name) => sum | Named(name.Text())),
            _ => JsonKinds.Any,
        };
        return (property.Name, kinds, type.GetRawText().Replace("\"", string.Empty, StringComparison.Ordinal));
    }

    private static bool IsText(JsonElement element) => element.ValueKind == JsonValueKind.String;

    private static JsonKinds Named(string? type) => type switch
    {
        "object" => JsonKinds.Object,
        "array" => JsonKinds.Array,
        "string" => JsonKinds.Text,
        // The SDK binds a number that is written as text, so it is let through.
        "number" or "integer" => JsonKinds.Number | JsonKinds.Text,
        "boolean" => JsonKinds.Boolean,
        "null" => JsonKinds.Null,
        _ => JsonKinds.Any,
    };

    private static JsonKinds Kind(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => JsonKinds.Object,
        JsonValueKind.Array => JsonKinds.Array,
        JsonValueKind.String => JsonKinds.Text,
        JsonValueKind.Number => JsonKinds.Number,
        JsonValueKind.True or JsonValueKind.False => JsonKinds.Boolean,
        _ => JsonKinds.Null,
    };

    [Flags]
    private enum JsonKinds
    {
        None = 0,
        Object = 1,
        Array = 2,
        Text = 4,
        Number = 8,
        Boolean = 16,
        Null = 32,
        Any = 63,
    }
}
