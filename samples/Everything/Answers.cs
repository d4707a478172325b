using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using ModelContextProtocol.Protocol;

namespace Smcp.Samples.Everything;

/// <summary>
/// Reads what a client answered. It comes from the client: an answer that is missing or of the wrong shape is no
/// answer, and is asked for again.
/// </summary>
internal static class Answers
{
    /// <summary>A text field of an accepted form.</summary>
    public static bool TryReadText(
        RequestParams parameters, string key, string field, [NotNullWhen(true)] out string? text)
    {
        text = null;
        if (Raw(parameters, key) is { ValueKind: JsonValueKind.Object } answer &&
            answer.TryGetProperty("content", out var content) && content.ValueKind == JsonValueKind.Object &&
            content.TryGetProperty(field, out var value) && value.ValueKind == JsonValueKind.String)
        {
            text = value.GetString();
        }

        return text is not null;
    }

    /// <summary>Whether there is an answer of an object's shape under the key.</summary>
    public static bool Has(RequestParams parameters, string key) =>
        Raw(parameters, key) is { ValueKind: JsonValueKind.Object };

    /// <summary>The text that the client's model gave.</summary>
    public static string? SampledText(RequestParams parameters, string key) =>
        parameters.InputResponses![key].Deserialize(InputResponse.CreateMessageResultJsonTypeInfo)
            ?.Content.OfType<TextContentBlock>().FirstOrDefault()?.Text;

    private static JsonElement? Raw(RequestParams parameters, string key) =>
        parameters.InputResponses is { } responses && responses.TryGetValue(key, out var response)
            ? response?.RawValue
            : null;
}
