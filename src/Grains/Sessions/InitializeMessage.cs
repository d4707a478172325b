using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Smcp.Sessions;

/// <summary>
/// The few fields of <c>initialize</c> that a session reads or sets; all else stays as it was written.
/// </summary>
internal static class InitializeMessage
{
    /// <summary>
    /// Whether these are params that a session can be opened with, or a result that it can be answered with.
    /// </summary>
    public static bool IsObject(ReadOnlyMemory<byte> json)
    {
        if (json.IsEmpty)
        {
            return false;
        }

        using var document = JsonDocument.Parse(json);
        return document.RootElement.ValueKind == JsonValueKind.Object;
    }

    /// <summary>
    /// The same object with this <c>protocolVersion</c>: both sides are told the revision that was negotiated.
    /// </summary>
    public static ReadOnlyMemory<byte> WithRevision(ReadOnlyMemory<byte> json, string revision)
    {
        using var document = JsonDocument.Parse(json);
        if (document.RootElement.TryGetProperty("protocolVersion"u8, out var current)
            && current.ValueKind == JsonValueKind.String && current.ValueEquals(revision))
        {
            return json;
        }

        var output = new ArrayBufferWriter<byte>(json.Length + 64);
        using (var writer = new Utf8JsonWriter(output))
        {
            writer.WriteStartObject();
            writer.WriteString("protocolVersion"u8, revision);
            foreach (var property in document.RootElement.EnumerateObject())
            {
                if (!property.NameEquals("protocolVersion"u8))
                {
                    writer.WritePropertyName(property.Name);
                    writer.WriteRawValue(JsonMarshal.GetRawUtf8Value(property.Value), skipInputValidation: true);
                }
            }

            writer.WriteEndObject();
        }

        return output.WrittenMemory;
    }

    /// <summary>Whether a result declares a server capability, or a part of one.</summary>
    public static bool Declares(ReadOnlyMemory<byte> result, string capability, string? part = null)
    {
        using var document = JsonDocument.Parse(result);
        return document.RootElement.TryGetProperty("capabilities"u8, out var capabilities)
            && capabilities.ValueKind == JsonValueKind.Object
            && capabilities.TryGetProperty(capability, out var declared)
            && declared.ValueKind == JsonValueKind.Object
            && (part is null
                || (declared.TryGetProperty(part, out var value) && value.ValueKind == JsonValueKind.True));
    }
}
