using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.Net.Http.Headers;

namespace Smcp.Runtimes.Worker.Bindings;

/// <summary>A part of an object.</summary>
internal readonly record struct ObjectRange(long Offset, long Length, bool IsWhole)
{
    /// <summary>Which part is asked for, of an object of so many bytes; null where there is none such.</summary>
    public static ObjectRange? Parse(JsonObject asked, long bytes)
    {
        if ((string?)asked["rangeHeader"] is { } header)
        {
            return OfHeader(header, bytes);
        }

        if (asked["range"] is not JsonObject range)
        {
            return new ObjectRange(0, bytes, true);
        }

        return NumberOf(range["suffix"]) is { } suffix
            ? Part(Math.Max(0, bytes - suffix), suffix, bytes)
            : Part(NumberOf(range["offset"]) ?? 0, NumberOf(range["length"]) ?? long.MaxValue, bytes);
    }

    /// <summary>A header that is no single range of bytes asks for all (RFC 9110 section 14.2).</summary>
    private static ObjectRange? OfHeader(string header, long bytes)
    {
        if (!RangeHeaderValue.TryParse(header, out var parsed)
            || parsed is not { Unit.Value: "bytes", Ranges: { Count: 1 } ranges })
        {
            return new ObjectRange(0, bytes, true);
        }

        var range = ranges.First();
        return range.From is { } from
            ? Part(from, range.To is { } to ? to - from + 1 : long.MaxValue, bytes)
            : Part(Math.Max(0, bytes - (range.To ?? 0)), range.To ?? 0, bytes);
    }

    private static ObjectRange? Part(long offset, long length, long bytes) =>
        offset < bytes && length > 0 ? new ObjectRange(offset, Math.Min(length, bytes - offset), false) : null;

    private static long? NumberOf(JsonNode? node) =>
        node is not null && node.ToString() is { } text && text != ObjectJson.Unset
            ? long.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture)
            : null;
}
