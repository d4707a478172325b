using System.Text.Json;
using System.Text.Json.Nodes;

namespace Smcp.Servers;

/// <summary>
/// Raw params and results as objects that can be changed, for the few stations that must change them.
/// </summary>
internal static class RawJson
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    /// <summary>The object, or null where there is none. Unknown members survive.</summary>
    public static JsonObject? Parse(ReadOnlyMemory<byte> raw)
    {
        if (raw.IsEmpty)
        {
            return null;
        }

        try
        {
            return JsonNode.Parse(raw.Span, documentOptions: Strict) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public static byte[] Write(JsonNode node) => JsonSerializer.SerializeToUtf8Bytes(node);

    /// <summary>The text of a member, or null where it is no string.</summary>
    public static string? Text(this JsonObject node, string member) =>
        node.TryGetPropertyValue(member, out var value) && value is JsonValue scalar
            && scalar.TryGetValue(out string? text)
            ? text
            : null;
}
