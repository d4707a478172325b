using System.Buffers;
using System.Text.Json;
using Smcp.Security.Audit;

namespace Smcp.Admin.Audit;

/// <summary>
/// Records as JSON lines: number, hash in hex, and the recorded bytes as they stand, so that who holds the lines can
/// check the chain.
/// </summary>
internal static class AuditJsonLines
{
    public const string ContentType = "application/jsonl";

    /// <summary>Writes one line.</summary>
    public static void Write(IBufferWriter<byte> output, AuditRecord record)
    {
        using (var json = new Utf8JsonWriter(output))
        {
            json.WriteStartObject();
            json.WriteNumber("sequence", record.Sequence);
            json.WriteString("hash", Convert.ToHexStringLower(record.Hash.Span));
            json.WritePropertyName("record");
            WriteBody(json, record.Body);
            json.WriteEndObject();
        }

        output.Write("\n"u8);
    }

    /// <summary>
    /// We write no line ends into a body. One that has some was tampered with, and must not make two lines.
    /// </summary>
    private static void WriteBody(Utf8JsonWriter json, ReadOnlyMemory<byte> body)
    {
        if (body.Span.ContainsAny((byte)'\n', (byte)'\r'))
        {
            using var document = JsonDocument.Parse(body);
            document.WriteTo(json);
        }
        else
        {
            json.WriteRawValue(body.Span);
        }
    }
}
