using System.Buffers.Binary;

namespace Smcp.Storage;

/// <summary>
/// A run of a log's records, as one blob. A sealed one is not appended to any more: the next record begins another,
/// and whoever still holds this one unsealed finds its tag changed.
/// </summary>
/// <param name="First">The number of the first record held; after the last one where none is.</param>
/// <param name="IsSealed">Whether it is full.</param>
/// <param name="Records">The records, in order.</param>
internal sealed record LogSegment(long First, bool IsSealed, IReadOnlyList<ReadOnlyMemory<byte>> Records)
{
    private const byte Format = 1;
    private const int HeaderBytes = 14;

    public long Last => First - 1 + Records.Count;

    public long Bytes => Records.Sum(record => (long)record.Length);

    /// <summary>The segment with more records at its end, sealed where it is full then.</summary>
    public LogSegment With(IReadOnlyList<ReadOnlyMemory<byte>> records, int bytesMax)
    {
        var grown = this with { Records = [.. Records, .. records] };
        return grown with { IsSealed = grown.Bytes >= bytesMax };
    }

    /// <summary>The segment without the records up to a number.</summary>
    public LogSegment Without(long throughSequence)
    {
        var gone = (int)Math.Clamp(throughSequence - First + 1, 0, Records.Count);
        return this with { First = First + gone, Records = [.. Records.Skip(gone)] };
    }

    /// <summary>Format, whether sealed, first number, count; then each record with its length before it.</summary>
    public byte[] Write()
    {
        var bytes = new byte[HeaderBytes + (Records.Count * sizeof(int)) + Bytes];
        bytes[0] = Format;
        bytes[1] = IsSealed ? (byte)1 : (byte)0;
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(2), First);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(10), Records.Count);
        var at = HeaderBytes;
        foreach (var record in Records)
        {
            BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(at), record.Length);
            record.CopyTo(bytes.AsMemory(at + sizeof(int)));
            at += sizeof(int) + record.Length;
        }

        return bytes;
    }

    /// <exception cref="StorageUnavailableException">The bytes are no segment.</exception>
    public static LogSegment Read(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Length < HeaderBytes || bytes.Span[0] != Format)
        {
            throw Damage();
        }

        var first = BinaryPrimitives.ReadInt64BigEndian(bytes.Span[2..]);
        var records = new List<ReadOnlyMemory<byte>>();
        var rest = bytes[HeaderBytes..];
        for (var left = BinaryPrimitives.ReadInt32BigEndian(bytes.Span[10..]); left > 0; left--)
        {
            var length = rest.Length >= sizeof(int) ? BinaryPrimitives.ReadInt32BigEndian(rest.Span) : -1;
            if (length < 0 || length > rest.Length - sizeof(int))
            {
                throw Damage();
            }

            records.Add(rest.Slice(sizeof(int), length));
            rest = rest[(sizeof(int) + length)..];
        }

        return rest.IsEmpty ? new LogSegment(first, bytes.Span[1] != 0, records) : throw Damage();
    }

    private static StorageUnavailableException Damage() => new("A segment of a log is damaged.");
}
