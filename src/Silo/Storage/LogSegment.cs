namespace Smcp.Storage;

/// <summary>A run of records, stored as one row so that an append stands whole or not at all.</summary>
internal sealed record LogSegment
{
    public IReadOnlyList<ReadOnlyMemory<byte>> Records { get; init; } = [];
}
