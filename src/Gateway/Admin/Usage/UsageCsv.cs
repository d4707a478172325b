using System.Buffers;
using System.Globalization;
using System.Text;
using Smcp.Usage;

namespace Smcp.Admin.Usage;

/// <summary>Sums of usage as CSV (RFC 4180), every column always.</summary>
internal static class UsageCsv
{
    public const string ContentType = "text/csv; charset=utf-8; header=present";

    /// <summary>
    /// What a spreadsheet takes for the beginning of a formula. Clients name tools, and administrators open the file.
    /// </summary>
    private static readonly SearchValues<char> Formula = SearchValues.Create("=+-@\t\r");

    public static void WriteHeader(IBufferWriter<byte> output) => output.Write(
        "start,period,server,method,tool,principal,calls,errors,microseconds,bytesIn,bytesOut\r\n"u8);

    /// <summary>Writes one line.</summary>
    public static void Write(IBufferWriter<byte> output, UsageRow row)
    {
        var start = row.Start?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        var period = row.Period switch
        {
            UsagePeriod.Hour => "hour",
            UsagePeriod.Day => "day",
            _ => "total",
        };
        var sums = row.Totals;
        var totals = string.Create(
            CultureInfo.InvariantCulture,
            $"{sums.Calls},{sums.Errors},{sums.Microseconds},{sums.BytesIn},{sums.BytesOut}");
        Encoding.UTF8.GetBytes(
            $"{start},{period},{Field(row.Server)},{Field(row.Method)},{Field(row.Tool)},{Field(row.Principal)},"
                + $"{totals}\r\n",
            output);
    }

    private static string Field(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return string.Empty;
        }

        var safe = Formula.Contains(text[0]) ? $"'{text}" : text;
        return safe.AsSpan().IndexOfAny(",\"\r\n") < 0
            ? safe
            : $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
