namespace Smcp.Storage;

/// <summary>
/// One log of the cluster; key: its name. Conflicts are values, as exceptions lose their kind on the way.
/// </summary>
[GrainInterfaceType("log")]
internal interface ILogGrain : IGrainWithStringKey
{
    /// <summary>False where the first number is not one past the last: nothing was written.</summary>
    ValueTask<bool> AppendAsync(
        long firstSequence, [Immutable] ReadOnlyMemory<byte>[] records, CancellationToken cancellationToken);

    ValueTask<LogPage> ReadAsync(long afterSequence, int itemsMax, CancellationToken cancellationToken);

    ValueTask<LogPage> ExtentAsync(CancellationToken cancellationToken);

    ValueTask TrimAsync(long throughSequence, CancellationToken cancellationToken);

    ValueTask DeleteAsync(CancellationToken cancellationToken);

    /// <summary>Puts records in the place of others. False where those are not as expected.</summary>
    ValueTask<bool> ReplaceAsync(
        long[] sequences,
        [Immutable] ReadOnlyMemory<byte>[] expected,
        [Immutable] ReadOnlyMemory<byte>[] records,
        CancellationToken cancellationToken);
}
