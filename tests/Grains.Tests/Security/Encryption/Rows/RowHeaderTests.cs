namespace Smcp.Security.Encryption.Rows;

/// <summary>The bytes before a row's ciphertext, as docs/storage.md draws them.</summary>
public sealed class RowHeaderTests
{
    [Fact]
    public void Header_HasItsBytes()
    {
        var row = new byte[RowHeader.Length];
        new RowHeader(0x01020304, 0x1112131415161718, 0x2122232425262728).Write(row);

        Assert.Equal("01" + "01020304" + "1112131415161718" + "2122232425262728", Convert.ToHexString(row[..21]));
        Assert.All(row[21..], rest => Assert.Equal(0, rest));
        Assert.Equal((21, 33, 49), (RowHeader.NonceAt, RowHeader.TagAt, RowHeader.Length));
    }

    [Fact]
    public void Header_IsReadBack()
    {
        var header = new RowHeader(-5, 1L << 60, 77);
        var row = new byte[RowHeader.Length];
        header.Write(row);

        Assert.Equal(header, RowHeader.Read(row));
        Assert.Equal(header, RowHeader.Read([.. row, 1, 2, 3]));
    }

    [Fact]
    public void Header_IsNone_WhenItIsTooShortOrOfAnotherFormat()
    {
        var row = new byte[RowHeader.Length];
        new RowHeader(1, 2, 3).Write(row);

        Assert.Null(RowHeader.Read(row.AsSpan(1)));
        Assert.Null(RowHeader.Read([]));
        row[0] = 2;
        Assert.Null(RowHeader.Read(row));
    }
}
