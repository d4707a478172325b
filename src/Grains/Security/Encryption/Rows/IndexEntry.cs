namespace Smcp.Security.Encryption.Rows;

/// <summary>
/// The least that a row must be: a state's counter; or the counter that a log began with, and its last number. Entries
/// only grow, so in whichever order nodes learn of them they come to the same.
/// </summary>
internal readonly record struct IndexEntry(IndexMark Mark, long Counter, long Last)
{
    public bool IsRemoved => Mark == IndexMark.Removed;

    public static IndexEntry OfState(long counter) => new(IndexMark.State, counter, 0);

    public static IndexEntry OfLog(long counter, long last) => new(IndexMark.Log, counter, last);

    public static IndexEntry Removed(long counter) => new(IndexMark.Removed, counter, 0);

    public IndexEntry Merge(IndexEntry other) =>
        Counter != other.Counter ? (Counter > other.Counter ? this : other)
        : IsRemoved || other.IsRemoved ? Removed(Counter)
        : this with { Last = Math.Max(Last, other.Last) };
}
