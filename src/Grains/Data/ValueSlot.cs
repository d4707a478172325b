using System.Text;

namespace Smcp.Data;

/// <summary>What is in memory of a key: all but its value, and where that stands.</summary>
/// <param name="Entry">The record, without the value.</param>
/// <param name="ValueBytes">Bytes of the value.</param>
/// <param name="Record">The number of the record in the log.</param>
internal sealed record ValueSlot(ValueEntry Entry, int ValueBytes, long Record)
{
    /// <summary>What it counts for.</summary>
    public long CountBytes() => ValueBytes
        + Encoding.UTF8.GetByteCount(Entry.Key)
        + Encoding.UTF8.GetByteCount(Entry.Metadata ?? string.Empty);

    public bool IsExpired(DateTimeOffset now) => Entry.ExpiresAt <= now;
}
