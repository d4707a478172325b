using System.Buffers;
using System.Text;
using Smcp.Usage;

namespace Smcp.Admin.Usage;

public sealed class UsageExportTests
{
    private static readonly UsageRow Row = new()
    {
        Start = new DateTimeOffset(2026, 7, 28, 13, 0, 0, TimeSpan.Zero),
        Period = UsagePeriod.Hour,
        Server = "echo",
        Method = "tools/call",
        Tool = "say, \"hello\"",
        Totals = new UsageTotals { Calls = 5, Errors = 1, Microseconds = 70, BytesIn = 8, BytesOut = 9 },
    };

    [Fact]
    public void JsonLine_HasWhatWasGroupedBy() => Assert.Equal(
        """
        {"start":"2026-07-28T13:00:00+00:00","period":"hour","server":"echo","method":"tools/call",
        """
        + """
        "tool":"say, \u0022hello\u0022","calls":5,"errors":1,"microseconds":70,"bytesIn":8,"bytesOut":9}

        """,
        Text(output => UsageJsonLines.Write(output, Row)));

    [Fact]
    public void CsvLine_QuotesWhatItMust() => Assert.Equal(
        "2026-07-28T13:00:00Z,hour,echo,tools/call,\"say, \"\"hello\"\"\",,5,1,70,8,9\r\n",
        Text(output => UsageCsv.Write(output, Row)));

    /// <summary>A tool's name is a client's word, and the file is opened in a spreadsheet.</summary>
    [Theory]
    [InlineData("=1+1")]
    [InlineData("@SUM(A1)")]
    [InlineData("-2")]
    public void CsvField_IsNoFormula(string tool) => Assert.Contains(
        $",'{tool},", Text(output => UsageCsv.Write(output, Row with { Tool = tool })), StringComparison.Ordinal);

    [Fact]
    public void CsvHeader_NamesEachColumn() => Assert.Equal(
        Text(UsageCsv.WriteHeader).Count(c => c == ','),
        Text(output => UsageCsv.Write(output, Row with { Tool = "t" })).Count(c => c == ','));

    private static string Text(Action<IBufferWriter<byte>> write)
    {
        var output = new ArrayBufferWriter<byte>();
        write(output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
