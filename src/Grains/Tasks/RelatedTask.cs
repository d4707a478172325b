using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Json;
using Smcp.Protocol;

namespace Smcp.Tasks;

/// <summary>
/// The mark of what belongs to a task: <c>_meta["io.modelcontextprotocol/related-task"]</c> (2025-11-25 tasks, related
/// task metadata).
/// </summary>
internal static class RelatedTask
{
    /// <summary>
    /// The same params or result with the mark, all else as it was written; a mark that is there already is replaced.
    /// What is no object stays as it is.
    /// </summary>
    public static ReadOnlyMemory<byte> Mark(ReadOnlyMemory<byte> json, TaskId task)
    {
        using var document = json.IsEmpty ? null : JsonDocument.Parse(json);
        if (document is { RootElement.ValueKind: not JsonValueKind.Object })
        {
            return json;
        }

        var output = new ArrayBufferWriter<byte>(json.Length + 160);
        using (var writer = new Utf8JsonWriter(output))
        {
            writer.WriteStartObject();
            JsonElement? meta = null;
            if (document is not null)
            {
                Copy(writer, document.RootElement, "_meta", out meta);
            }

            writer.WriteStartObject("_meta"u8);
            if (meta is { ValueKind: JsonValueKind.Object } old)
            {
                Copy(writer, old, McpMetaKeys.RelatedTask, out _);
            }

            writer.WriteStartObject(McpMetaKeys.RelatedTask);
            writer.WriteString("taskId"u8, task.ToString());
            writer.WriteEndObject();
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        return output.WrittenMemory;
    }

    private static void Copy(Utf8JsonWriter writer, JsonElement from, string except, out JsonElement? excepted)
    {
        excepted = null;
        foreach (var property in from.EnumerateObject())
        {
            if (property.NameEquals(except))
            {
                excepted = property.Value;
                continue;
            }

            writer.WritePropertyName(property.Name);
            writer.WriteRawValue(JsonMarshal.GetRawUtf8Value(property.Value), skipInputValidation: true);
        }
    }
}
