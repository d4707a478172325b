namespace Smcp.Storage;

/// <summary>
/// Where a log's records stand. Written when a segment begins or goes; never by an append within a segment.
/// </summary>
internal sealed record LogHeader
{
    /// <summary>The number of the first record still held.</summary>
    public long First { get; init; } = 1;

    /// <summary>The first number of each segment, ascending. The last of them may not be written yet.</summary>
    public IReadOnlyList<long> Segments { get; init; } = [];
}
