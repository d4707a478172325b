using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Smcp.Security.Encryption.Keys;

namespace Smcp.Security.Encryption.Rows;

/// <summary>
/// One record of an index: entries, and a code that only a data key of the owner makes, over the record's place and
/// number too. <c>docs/storage.md</c> draws it.
/// </summary>
internal static class IndexRecord
{
    /// <summary>Entries that one record holds at most.</summary>
    public const int EntriesMax = 4096;

    private const byte Format = 1;
    private const int EntriesAt = 1 + sizeof(int);
    private const int EntryBytes = 1 + 16 + sizeof(long) + sizeof(long);
    private const int CodeBytes = HMACSHA256.HashSizeInBytes;

    public static byte[] Write(
        DataKey key, KeyOwner owner, long sequence, IReadOnlyCollection<KeyValuePair<UInt128, IndexEntry>> entries)
    {
        var record = new byte[EntriesAt + (entries.Count * EntryBytes) + CodeBytes];
        record[0] = Format;
        BinaryPrimitives.WriteInt32BigEndian(record.AsSpan(1), key.Id);
        var at = EntriesAt;
        foreach (var (id, entry) in entries)
        {
            var to = record.AsSpan(at, EntryBytes);
            to[0] = (byte)entry.Mark;
            BinaryPrimitives.WriteUInt128BigEndian(to[1..], id);
            BinaryPrimitives.WriteInt64BigEndian(to[17..], entry.Counter);
            BinaryPrimitives.WriteInt64BigEndian(to[25..], entry.Last);
            at += EntryBytes;
        }

        Code(key, owner, sequence, record.AsSpan(0, at)).CopyTo(record, at);
        return record;
    }

    /// <summary>The entries of a record, or null where it is not what was written there.</summary>
    public static IReadOnlyList<KeyValuePair<UInt128, IndexEntry>>? Read(
        Func<int, DataKey?> keys, KeyOwner owner, long sequence, ReadOnlySpan<byte> record)
    {
        var end = record.Length - CodeBytes;
        if (end < EntriesAt || record[0] != Format || (end - EntriesAt) % EntryBytes != 0
            || keys(BinaryPrimitives.ReadInt32BigEndian(record[1..])) is not { } key
            || !CryptographicOperations.FixedTimeEquals(record[end..], Code(key, owner, sequence, record[..end])))
        {
            return null;
        }

        var entries = new List<KeyValuePair<UInt128, IndexEntry>>((end - EntriesAt) / EntryBytes);
        for (var at = EntriesAt; at < end; at += EntryBytes)
        {
            var from = record.Slice(at, EntryBytes);
            entries.Add(new(
                BinaryPrimitives.ReadUInt128BigEndian(from[1..]),
                new IndexEntry(
                    (IndexMark)from[0],
                    BinaryPrimitives.ReadInt64BigEndian(from[17..]),
                    BinaryPrimitives.ReadInt64BigEndian(from[25..]))));
        }

        return entries;
    }

    private static byte[] Code(DataKey key, KeyOwner owner, long sequence, ReadOnlySpan<byte> body)
    {
        Span<byte> number = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(number, sequence);
        var of = Encoding.UTF8.GetBytes(owner.ToString());
        return key.Authenticate([(byte)of.Length, .. of, .. number, .. body]);
    }
}
