namespace Smcp.Storage;

/// <summary>
/// Logs: append and range read. A log is named by text; its records are numbered from 1 without gaps, and a number is
/// never used twice while the log exists. What an append acknowledged survives a crash and a loss of power, whole or
/// not at all.
/// </summary>
public interface ILogStorage
{
    /// <summary>
    /// Appends records; the first takes number <paramref name="firstSequence"/>, which must be one past the last.
    /// </summary>
    /// <exception cref="StateConflictException">It is not: another writer appended. Nothing was written.</exception>
    ValueTask AppendAsync(
        string log,
        long firstSequence,
        IReadOnlyList<ReadOnlyMemory<byte>> records,
        CancellationToken cancellationToken);

    /// <summary>
    /// Reads records after a number, at most so many items, and at least one if there is one. Fewer than asked for is
    /// not the end: a store bounds the bytes of a read too. The end is a read that returns none.
    /// </summary>
    ValueTask<IReadOnlyList<LogRecord>> ReadAsync(
        string log, long afterSequence, int itemsMax, CancellationToken cancellationToken);

    /// <summary>
    /// The numbers of the first record still held and of the last ever appended; (0, 0) for no log. After a full trim
    /// First is Last + 1.
    /// </summary>
    ValueTask<LogExtent> ExtentAsync(string log, CancellationToken cancellationToken);

    /// <summary>Drops records up to and including a number. The numbering goes on.</summary>
    ValueTask TrimAsync(string log, long throughSequence, CancellationToken cancellationToken);

    /// <summary>Removes the log.</summary>
    ValueTask DeleteAsync(string log, CancellationToken cancellationToken);
}
