using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Unicode;

namespace Smcp.Protocol;

/// <summary>
/// Reads JSON that others wrote. JSON can hold what no text can, half of a surrogate pair or bytes that are no UTF-8
/// (RFC 8259 section 8.2), and the reader of the framework throws, as for a bug of ours, only when such a text is
/// taken or such a name compared. Here it is not JSON, and not a text.
/// </summary>
public static class ForeignJson
{
    /// <summary>The document, to be disposed of; null for what is no JSON by the options.</summary>
    public static JsonDocument? Parse(ReadOnlyMemory<byte> json, JsonDocumentOptions options)
    {
        if (!IsText(json.Span))
        {
            return null;
        }

        try
        {
            return JsonDocument.Parse(json, options);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The text that the value is; null for any other value, and for what no text can hold.</summary>
    public static string? Text(this JsonElement value) =>
        value.ValueKind == JsonValueKind.String && JsonMarshal.GetRawUtf8Value(value) is var token && IsText(token)
            ? JsonText.Unescape(token)
            : null;

    /// <summary>The text of an object's member; null without one.</summary>
    public static string? Text(this JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) ? value.Text() : null;

    private static bool IsText(ReadOnlySpan<byte> json) => Utf8.IsValid(json) && !JsonText.HasLoneSurrogate(json);
}
