using System.Buffers;
using System.Text.Json;
using Smcp.Usage;

namespace Smcp.Admin.Usage;

/// <summary>Sums of usage as JSON lines; a field that was not grouped by is left out.</summary>
internal static class UsageJsonLines
{
    public const string ContentType = "application/x-ndjson";

    /// <summary>Writes one line.</summary>
    public static void Write(IBufferWriter<byte> output, UsageRow row)
    {
        using (var json = new Utf8JsonWriter(output))
        {
            json.WriteStartObject();
            if (row.Start is { } start)
            {
                json.WriteString("start", start);
                json.WriteString("period", row.Period == UsagePeriod.Day ? "day" : "hour");
            }

            WriteName(json, "server", row.Server);
            WriteName(json, "method", row.Method);
            WriteName(json, "tool", row.Tool);
            WriteName(json, "principal", row.Principal);
            json.WriteNumber("calls", row.Totals.Calls);
            json.WriteNumber("errors", row.Totals.Errors);
            json.WriteNumber("microseconds", row.Totals.Microseconds);
            json.WriteNumber("bytesIn", row.Totals.BytesIn);
            json.WriteNumber("bytesOut", row.Totals.BytesOut);
            json.WriteEndObject();
        }

        output.Write("\n"u8);
    }

    private static void WriteName(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }
}
