using System.Buffers.Binary;

namespace Smcp.Security.Encryption.Rows;

/// <summary>
/// What stands before the ciphertext of a row: the data key that opens it, our own counter (of a log's record: the
/// counter its log began with) and the number that the caller knows (a state's version, a record's sequence). All of it
/// is bound to the ciphertext. <c>docs/storage.md</c> draws it.
/// </summary>
internal readonly record struct RowHeader(int Key, long Counter, long Number)
{
    public const byte Format = 1;
    public const int NonceBytes = 12;
    public const int TagBytes = 16;
    public const int NonceAt = 1 + sizeof(int) + sizeof(long) + sizeof(long);
    public const int TagAt = NonceAt + NonceBytes;

    /// <summary>The bytes that encryption adds to a payload.</summary>
    public const int Length = TagAt + TagBytes;

    /// <summary>The header of a row, or null for what is none.</summary>
    public static RowHeader? Read(ReadOnlySpan<byte> row) =>
        row.Length < Length || row[0] != Format
            ? null
            : new RowHeader(
                BinaryPrimitives.ReadInt32BigEndian(row[1..]),
                BinaryPrimitives.ReadInt64BigEndian(row[5..]),
                BinaryPrimitives.ReadInt64BigEndian(row[13..]));

    public void Write(Span<byte> row)
    {
        row[0] = Format;
        BinaryPrimitives.WriteInt32BigEndian(row[1..], Key);
        BinaryPrimitives.WriteInt64BigEndian(row[5..], Counter);
        BinaryPrimitives.WriteInt64BigEndian(row[13..], Number);
    }
}
