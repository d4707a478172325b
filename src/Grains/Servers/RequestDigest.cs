using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using Smcp.Mcp;

namespace Smcp.Servers;

/// <summary>
/// What makes a retry the same request: method and params, but for what a retry brings anew. Member order and white
/// space do not count, since a client may write its params twice.
/// </summary>
internal static class RequestDigest
{
    public static string Of(McpCall call)
    {
        var canonical = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(canonical))
        {
            writer.WriteStartArray();
            writer.WriteStringValue(call.Method);
            if (!call.Params.IsEmpty)
            {
                using var document = JsonDocument.Parse(call.Params);
                Write(writer, document.RootElement, isParams: true);
            }

            writer.WriteEndArray();
        }

        return Base64Url.EncodeToString(SHA256.HashData(canonical.WrittenSpan));
    }

    private static void Write(Utf8JsonWriter writer, JsonElement element, bool isParams = false)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var member in element.EnumerateObject().OrderBy(m => m.Name, StringComparer.Ordinal))
                {
                    if (!isParams || member.Name is not ("_meta" or "inputResponses" or "requestState"))
                    {
                        writer.WritePropertyName(member.Name);
                        Write(writer, member.Value);
                    }
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in element.EnumerateArray())
                {
                    Write(writer, item);
                }

                writer.WriteEndArray();
                break;
            default:
                element.WriteTo(writer);
                break;
        }
    }
}
