using Smcp.Security.Encryption.Keys;

namespace Smcp.Security.Encryption.Rows;

/// <summary>A record of an index: what is written is read, and nothing else is.</summary>
public sealed class IndexRecordTests : IDisposable
{
    private static readonly KeyOwner Acme = new("acme");

    private static readonly KeyValuePair<UInt128, IndexEntry>[] Entries =
    [
        new(UInt128.MaxValue - 1, IndexEntry.OfState(5)),
        new(2, IndexEntry.OfLog(1L << 50, 77)),
        new(3, IndexEntry.Removed(long.MaxValue)),
    ];

    private readonly DataKey _key = new(9, new byte[DataKey.KeyBytes]);
    private readonly byte[] _record;

    public IndexRecordTests() => _record = IndexRecord.Write(_key, Acme, 4, Entries);

    public void Dispose() => _key.Dispose();

    [Fact]
    public void Entries_AreReadBack()
    {
        Assert.Equal(Entries, Read(_record)!);
        Assert.Empty(Read(IndexRecord.Write(_key, Acme, 4, []))!);
    }

    [Fact]
    public void Record_HasItsBytes()
    {
        Assert.Equal(1 + 4 + (3 * 33) + 32, _record.Length);
        Assert.Equal("01" + "00000009" + "01" + "FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFE" + "0000000000000005"
            + "0000000000000000" + "02", Convert.ToHexString(_record[..39]));
    }

    [Fact]
    public void Record_IsNone_WhenAnyByteChanged()
    {
        for (var i = 0; i < _record.Length; i++)
        {
            var changed = _record.ToArray();
            changed[i] ^= 1;
            Assert.True(Read(changed) is null, $"changed at {i}");
        }
    }

    [Fact]
    public void Record_IsNone_WhenItWasCutOrLengthened()
    {
        Assert.Null(Read([]));
        Assert.Null(Read(_record[..36]));
        Assert.Null(Read(_record[..^1]));
        Assert.Null(Read(_record[..^33]));
        Assert.Null(Read([.. _record, 0]));
    }

    [Fact]
    public void Record_IsNone_ElsewhereThanItWasWritten()
    {
        Assert.Null(IndexRecord.Read(_ => _key, new KeyOwner("other"), 4, _record));
        Assert.Null(IndexRecord.Read(_ => _key, KeyOwner.Platform, 4, _record));
        Assert.Null(IndexRecord.Read(_ => _key, Acme, 5, _record));
        Assert.Null(IndexRecord.Read(_ => null, Acme, 4, _record));
        using var other = new DataKey(9, [.. Enumerable.Repeat((byte)1, DataKey.KeyBytes)]);
        Assert.Null(IndexRecord.Read(_ => other, Acme, 4, _record));
    }

    private IReadOnlyList<KeyValuePair<UInt128, IndexEntry>>? Read(byte[] record) =>
        IndexRecord.Read(id => id == 9 ? _key : null, Acme, 4, record);
}
