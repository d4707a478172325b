using System.Globalization;

namespace Smcp.Storage;

/// <summary>Failpoints by name, for the command line of a test's process.</summary>
internal static class Failpoint
{
    /// <summary>
    /// <c>acknowledge-early</c>: acknowledges every batch and commits it 30 ms later. <c>acknowledge-only-N</c>: from
    /// batch N on, acknowledges and never commits. <c>die-POINT-N</c>: dies at that <see cref="WriterPoint"/> of
    /// batch N.
    /// </summary>
    public static IWriterFailpoint Parse(string name) => name.Split('-') switch
    {
        ["acknowledge", "early"] => new EarlyAcknowledgement(1, TimeSpan.FromMilliseconds(30)),
        ["acknowledge", "only", var batch] => new EarlyAcknowledgement(Number(batch), Timeout.InfiniteTimeSpan),
        ["die", var point, var batch] => new SuddenDeath(Enum.Parse<WriterPoint>(point), Number(batch)),
        ["synchronous", "off"] => new MissingSync(),
        _ => throw new FormatException($"There is no failpoint {name}."),
    };

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
