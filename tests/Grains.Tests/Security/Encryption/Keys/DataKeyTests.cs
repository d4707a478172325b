using System.Security.Cryptography;
using Smcp.Security.Encryption.Rows;
using Smcp.Storage;

namespace Smcp.Security.Encryption.Keys;

public sealed class DataKeyTests : IDisposable
{
    private static readonly RowPlace Place = RowPlace.Of(new StateAddress("session", "acme/echo/1", "session"));
    private static readonly byte[] Bytes = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];

    private readonly DataKey _key = new(7, Bytes);

    public void Dispose() => _key.Dispose();

    [Fact]
    public void Row_Opens_InItsPlaceOnly()
    {
        var row = _key.Seal(Place, 11, 12, "content"u8);

        Assert.Equal(new RowHeader(7, 11, 12), RowHeader.Read(row));
        Assert.Equal("content"u8.ToArray(), _key.Open(Place, row));
        Assert.Null(_key.Open(RowPlace.Of(new StateAddress("session", "acme/echo/2", "session")), row));
        Assert.Empty(_key.Open(Place, _key.Seal(Place, 1, 1, []))!);
    }

    [Fact]
    public void Row_IsNotOpened_WhenAnyByteChanged()
    {
        var row = _key.Seal(Place, 11, 12, "content"u8);
        for (var i = 0; i < row.Length; i++)
        {
            row[i] ^= 1;
            Assert.True(_key.Open(Place, row) is null, $"changed at {i}");
            row[i] ^= 1;
        }

        Assert.NotNull(_key.Open(Place, row));
    }

    [Fact]
    public void Row_HasANonceOfItsOwn()
    {
        var nonces = Enumerable.Range(0, 100)
            .Select(_ => Convert.ToHexString(_key.Seal(Place, 1, 1, "a"u8).AsSpan(RowHeader.NonceAt, 12)));

        Assert.Equal(100, nonces.Distinct().Count());
    }

    /// <summary>As docs/storage.md says: what other versions of the program wrote must open.</summary>
    [Fact]
    public void Keys_AreDerived_EachForItsPurpose()
    {
        var rows = HKDF.DeriveKey(HashAlgorithmName.SHA256, Bytes, 32, salt: [], "smcp rows 1"u8.ToArray());
        var index = HKDF.DeriveKey(HashAlgorithmName.SHA256, Bytes, 32, salt: [], "smcp index 1"u8.ToArray());
        var row = new byte[RowHeader.Length + 1];
        new RowHeader(7, 1, 1).Write(row);
        using var aes = new AesGcm(rows, 16);
        aes.Encrypt(
            row.AsSpan(RowHeader.NonceAt, 12),
            "x"u8,
            row.AsSpan(RowHeader.Length),
            row.AsSpan(RowHeader.TagAt, 16),
            [.. row[..21], .. Place.Bytes]);

        Assert.Equal("x"u8.ToArray(), _key.Open(Place, row));
        Assert.Equal(HMACSHA256.HashData(index, "data"u8), _key.Authenticate("data"u8));
    }

    [Fact]
    public void Messages_AreCounted_DownToTheLast()
    {
        Assert.False(_key.TryCount(1));
        _key.Grant(5);
        Assert.True(_key.TryCount(3));
        Assert.False(_key.TryCount(3));
        Assert.True(_key.TryCount(2));
        Assert.False(_key.TryCount(1));
        _key.Grant(1);
        Assert.True(_key.TryCount(1));
    }

    [Fact]
    public void Key_DoesNothing_OnceItWasDestroyed()
    {
        var row = _key.Seal(Place, 1, 1, "a"u8);
        _key.Dispose();

        Assert.Throws<StorageUnavailableException>(() => _key.Seal(Place, 1, 1, "a"u8));
        Assert.Throws<StorageUnavailableException>(() => _key.Open(Place, row));
        var refused = Assert.Throws<StorageUnavailableException>(() => _key.Authenticate("a"u8));
        Assert.Contains("7", refused.Message, StringComparison.Ordinal);
    }
}
