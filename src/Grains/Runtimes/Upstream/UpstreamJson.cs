using System.Buffers;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Smcp.Mcp;
using Smcp.Protocol;

namespace Smcp.Runtimes.Upstream;

/// <summary>
/// The messages of a server and to it, raw. What is taken from a message shares its bytes, which are copied by nobody
/// and changed by nobody.
/// </summary>
internal static class UpstreamJson
{
    /// <summary>What a call gets whose answer is no JSON-RPC answer.</summary>
    public static McpReply BadAnswer { get; } = McpReply.Error(JsonRpcWriter.Error(
        McpErrorCodes.InternalError, "The server's answer cannot be read; whether the call took effect is unknown."));

    public static McpReply Reply(in JsonRpcMessage message, ReadOnlyMemory<byte> bytes) => new()
    {
        IsError = message.IsError,
        Body = bytes.Slice(message.Outcome.Start, message.Outcome.Length),
    };

    public static ReadOnlyMemory<byte> Params(in JsonRpcMessage message, ReadOnlyMemory<byte> bytes) =>
        bytes.Slice(message.Params.Start, message.Params.Length);

    public static McpFrame Notification(in JsonRpcMessage message, ReadOnlyMemory<byte> bytes) => new()
    {
        Kind = McpFrameKind.Notification,
        Method = message.Method,
        Body = Params(message, bytes),
    };

    /// <summary>The params that cancel a request of ours.</summary>
    public static byte[] Cancellation(long id) => JsonSerializer.SerializeToUtf8Bytes(
        (JsonNode)new JsonObject { ["requestId"] = id, ["reason"] = "The client cancelled." });

    /// <summary>The request of the server that its <c>notifications/cancelled</c> names.</summary>
    public static JsonRpcId CancelledId(ReadOnlyMemory<byte> parameters)
    {
        if (parameters.IsEmpty)
        {
            return default;
        }

        using var document = JsonDocument.Parse(parameters);
        return document.RootElement.TryGetProperty("requestId"u8, out var id)
            && id.ValueKind is JsonValueKind.String or JsonValueKind.Number
            ? new JsonRpcId(id.GetRawText())
            : default;
    }

    public static void WriteAnswer(IBufferWriter<byte> output, JsonRpcId id, McpReply answer)
    {
        if (answer.IsError)
        {
            JsonRpcWriter.WriteError(output, id, answer.Body.Span);
        }
        else
        {
            JsonRpcWriter.WriteResult(output, id, answer.Body.Span);
        }
    }

    /// <summary>
    /// Makes a message one line. In valid JSON a line end stands only between tokens, so a space says the same.
    /// </summary>
    public static void EndLine(ArrayBufferWriter<byte> message)
    {
        var written = MemoryMarshal.AsMemory(message.WrittenMemory).Span;
        written.Replace((byte)'\n', (byte)' ');
        written.Replace((byte)'\r', (byte)' ');
        message.Write("\n"u8);
    }

    /// <summary>
    /// An object with some members replaced, added or left out; all else stands as it stood.
    /// </summary>
    public static ReadOnlyMemory<byte> With(
        ReadOnlyMemory<byte> json, params ReadOnlySpan<JsonEdit> members)
    {
        var output = new ArrayBufferWriter<byte>(json.Length + 256);
        using (var writer = new Utf8JsonWriter(output))
        {
            writer.WriteStartObject();
            CopyOthers(writer, json, members);
            foreach (var (name, value) in members)
            {
                if (!value.IsEmpty)
                {
                    writer.WritePropertyName(name);
                    writer.WriteRawValue(value.Span, skipInputValidation: true);
                }
            }

            writer.WriteEndObject();
        }

        return output.WrittenMemory;
    }

    /// <summary>An array of values as they stood.</summary>
    public static ReadOnlyMemory<byte> Array(IEnumerable<JsonElement> values)
    {
        var output = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(output))
        {
            writer.WriteStartArray();
            foreach (var value in values)
            {
                writer.WriteRawValue(JsonMarshal.GetRawUtf8Value(value), skipInputValidation: true);
            }

            writer.WriteEndArray();
        }

        return output.WrittenMemory;
    }

    /// <summary>A number of ours.</summary>
    public static byte[] Number(long number) =>
        Encoding.ASCII.GetBytes(number.ToString(CultureInfo.InvariantCulture));

    /// <summary>The raw value of an object's member; empty where there is none.</summary>
    public static ReadOnlyMemory<byte> Member(ReadOnlyMemory<byte> json, ReadOnlySpan<byte> name)
    {
        var reader = new Utf8JsonReader(json.Span);
        if (json.IsEmpty || !reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            return default;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var wanted = reader.ValueTextEquals(name);
            reader.Read();
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            if (wanted)
            {
                return json[start..(int)reader.BytesConsumed];
            }
        }

        return default;
    }

    private static void CopyOthers(
        Utf8JsonWriter writer,
        ReadOnlyMemory<byte> json,
        ReadOnlySpan<JsonEdit> members)
    {
        if (json.IsEmpty)
        {
            return;
        }

        using var document = JsonDocument.Parse(json);
        foreach (var property in document.RootElement.EnumerateObject())
        {
            if (!Names(members, property))
            {
                writer.WritePropertyName(property.Name);
                writer.WriteRawValue(JsonMarshal.GetRawUtf8Value(property.Value), skipInputValidation: true);
            }
        }
    }

    private static bool Names(
        ReadOnlySpan<JsonEdit> members, JsonProperty property)
    {
        foreach (var (name, _) in members)
        {
            if (property.NameEquals(name))
            {
                return true;
            }
        }

        return false;
    }
}
