using System.Collections.Frozen;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Smcp.Protocol;

namespace Smcp.Runtimes.OpenApi.Reading;

/// <summary>
/// Writes schemas of a description as JSON Schema 2020-12, for one tool. What is referred to is written in its place,
/// since many models read no references; only what refers to itself becomes a definition, or everything where it would
/// grow too large otherwise.
/// </summary>
/// <param name="document">Whose schemas they are.</param>
/// <param name="isInput">Whether they are of what is sent, not of what comes back.</param>
/// <param name="inlines">Whether what is referred to is written in its place.</param>
/// <param name="bytesMax">About how many bytes may be written.</param>
internal sealed class SchemaWriter(ApiDocument document, bool isInput, bool inlines, int bytesMax)
{
    private const int DepthMax = 24;

    /// <summary>What a schema takes besides what is copied.</summary>
    private const int BytesEach = 16;

    private static readonly FrozenSet<string> Types = FrozenSet.Create(
        "array", "boolean", "integer", "null", "number", "object", "string");

    private static readonly FrozenSet<string> Copied = FrozenSet.Create(
        "const", "title", "description", "default", "examples", "deprecated", "minimum", "maximum", "multipleOf",
        "exclusiveMinimum", "exclusiveMaximum", "minLength", "maxLength", "minItems", "maxItems", "uniqueItems",
        "minProperties", "maxProperties", "minContains", "maxContains", "contentEncoding", "contentMediaType");

    private static readonly FrozenSet<string> Single = FrozenSet.Create(
        "not", "if", "then", "else", "contains", "propertyNames", "additionalProperties", "unevaluatedProperties",
        "unevaluatedItems", "items");

    private static readonly FrozenSet<string> Lists = FrozenSet.Create("allOf", "anyOf", "oneOf", "prefixItems");

    private static readonly FrozenSet<string> Maps = FrozenSet.Create("patternProperties", "dependentSchemas");

    private readonly HashSet<string> _within = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);
    private readonly Queue<string> _wanted = new();
    private long _bytes;

    /// <exception cref="OpenApiException">It is no schema, or too large.</exception>
    public JsonNode Write(JsonElement schema) => Write(schema, 0);

    /// <summary>What was referred to and not written in its place; null for nothing.</summary>
    /// <exception cref="OpenApiException">It is no schema, or too large.</exception>
    public JsonObject? Definitions()
    {
        var definitions = new JsonObject();
        while (_wanted.TryDequeue(out var reference))
        {
            // Within its own definition it is a reference again.
            _within.Clear();
            _within.Add(reference);
            definitions[_names[reference]] = Write(document.Find(reference), 0);
        }

        return definitions.Count > 0 ? definitions : null;
    }

    private JsonNode Write(JsonElement schema, int depth)
    {
        Spend(BytesEach);
        document.Visit(schema);
        if (depth > DepthMax)
        {
            throw new OpenApiException($"has a schema of more than {DepthMax} levels") { IsSize = true };
        }

        if (schema.ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            return schema.ValueKind == JsonValueKind.True
                ? new JsonObject()
                : new JsonObject { ["not"] = new JsonObject() };
        }

        return schema.ValueKind != JsonValueKind.Object
            ? throw new OpenApiException("has a schema that is none")
            : schema.TextOf("$ref") is { } reference
                ? WriteReferred(schema, reference, depth)
                : WriteObject(schema, depth);
    }

    private JsonNode WriteReferred(JsonElement schema, string reference, int depth)
    {
        JsonNode written;
        if (inlines && _within.Add(reference))
        {
            written = Write(document.Find(reference), depth);
            _within.Remove(reference);
        }
        else
        {
            written = new JsonObject { ["$ref"] = $"#/$defs/{NameOf(reference)}" };
        }

        // What stands beside a reference counts since OpenAPI 3.1.
        if (!document.Is30 && written is JsonObject node && schema.TextOf("description") is { } description)
        {
            Spend(description.Length);
            node["description"] = description;
        }

        return written;
    }

    private JsonObject WriteObject(JsonElement schema, int depth)
    {
        var written = new JsonObject();
        foreach (var member in schema.EnumerateObject())
        {
            WriteMember(written, schema, member, depth + 1);
        }

        if (!document.Is30)
        {
            return written;
        }

        MoveBounds(written);
        return schema.Flag("nullable") ? OrNull(written) : written;
    }

    private void WriteMember(JsonObject written, JsonElement schema, JsonProperty member, int depth)
    {
        var (name, value) = (member.Name, member.Value);
        if (Single.Contains(name))
        {
            // A list of them was draft 4's way to say prefixItems.
            written[name] = value.ValueKind == JsonValueKind.Array ? new JsonObject() : Write(value, depth);
        }
        else if (Lists.Contains(name))
        {
            written[name] = new JsonArray([.. schema.Items(name).Select(item => Write(item, depth))]);
        }
        else if (name == "properties" || Maps.Contains(name))
        {
            var isTold = name == "properties" ? (Func<JsonElement, bool>)IsTold : static _ => true;
            written[name] = new JsonObject(
                from property in value.Members()
                where isTold(property.Value)
                select KeyValuePair.Create(property.Name, (JsonNode?)Write(property.Value, depth)));
        }
        else if (name == "required" && value.ValueKind == JsonValueKind.Array)
        {
            written[name] = RequiredOf(schema, value);
        }
        else if (name == "type")
        {
            WriteType(written, value);
        }
        else if (Copied.Contains(name) || (name == "enum" && value.ValueKind == JsonValueKind.Array) || IsForm(name))
        {
            Spend(JsonMarshal.GetRawUtf8Value(value).Length);
            written[name] = value.Node();
        }
    }

    /// <summary>Those of the names that are told of. Each is paid for before it is looked for.</summary>
    private JsonArray RequiredOf(JsonElement schema, JsonElement names)
    {
        var properties = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        if (schema.Member("properties") is { } said)
        {
            document.Visit(said);
            foreach (var property in said.Members())
            {
                properties[property.Name] = property.Value;
            }
        }

        var required = new OrderedDictionary<string, JsonNode?>(StringComparer.Ordinal);
        foreach (var item in names.EnumerateArray())
        {
            Spend(JsonMarshal.GetRawUtf8Value(item).Length);
            if (item.Text() is { } name && (!properties.TryGetValue(name, out var property) || IsTold(property)))
            {
                required.TryAdd(name, name);
            }
        }

        return new JsonArray([.. required.Values]);
    }

    /// <summary>
    /// Clients check answers by their schema and drop what does not fit, and what descriptions say of the form of texts
    /// is seldom what is sent; so that is said of what is to be sent only.
    /// </summary>
    private bool IsForm(string name) => isInput && name is "format" or "pattern";

    private void WriteType(JsonObject written, JsonElement value)
    {
        document.Spend(JsonMarshal.GetRawUtf8Value(value).Length);
        IEnumerable<JsonElement> said = value.ValueKind == JsonValueKind.Array ? value.EnumerateArray() : [value];
        var types = said.Select(TypeOf).OfType<string>().Distinct().ToArray();
        if (types.Length > 0)
        {
            written["type"] = types.Length == 1 && value.ValueKind != JsonValueKind.Array
                ? types[0]
                : new JsonArray([.. types.Select(type => (JsonNode)type)]);
        }
    }

    private static string? TypeOf(JsonElement value) =>
        value.Text() is { } type && Types.Contains(type) ? type : null;

    /// <summary>OpenAPI 3.0: what is read-only is not sent, and what is write-only does not come back.</summary>
    private bool IsTold(JsonElement property) =>
        !document.Resolve(property).Flag(isInput ? "readOnly" : "writeOnly");

    /// <summary>In OpenAPI 3.0 a bound is said to be exclusive by a flag beside it.</summary>
    private static void MoveBounds(JsonObject written)
    {
        foreach (var (exclusive, bound) in new[] { ("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum") })
        {
            if (written[exclusive] is JsonValue value && value.TryGetValue(out bool isExclusive))
            {
                written.Remove(exclusive);
                if (isExclusive && written[bound] is { } number)
                {
                    written.Remove(bound);
                    written[exclusive] = number;
                }
            }
        }
    }

    /// <summary>What OpenAPI 3.0 says as nullable.</summary>
    private static JsonObject OrNull(JsonObject written)
    {
        if (written["type"] is JsonValue type)
        {
            written["type"] = new JsonArray(type.DeepClone(), "null");
            if (written["enum"] is JsonArray values && values.All(value => value is not null))
            {
                values.Add(null);
            }

            return written;
        }

        return written.ContainsKey("enum") || Lists.Any(written.ContainsKey)
            ? new JsonObject { ["anyOf"] = new JsonArray(written, new JsonObject { ["type"] = "null" }) }
            : written;
    }

    private string NameOf(string reference)
    {
        if (!_names.TryGetValue(reference, out var name))
        {
            name = ApiNames.Unique(ApiNames.Plain(reference[(reference.LastIndexOf('/') + 1)..]), IsTaken);
            _taken.Add(name);
            _names[reference] = name;
            _wanted.Enqueue(reference);
        }

        return name;
    }

    private bool IsTaken(string name)
    {
        document.Spend(1);
        return _taken.Contains(name);
    }

    private void Spend(int bytes)
    {
        _bytes += bytes;
        if (_bytes > bytesMax)
        {
            throw new OpenApiException($"has schemas of more than {bytesMax} bytes") { IsSize = true };
        }
    }
}
