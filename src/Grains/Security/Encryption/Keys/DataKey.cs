using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Smcp.Security.Encryption.Rows;
using Smcp.Storage;

namespace Smcp.Security.Encryption.Keys;

/// <summary>
/// A data key in memory: it encrypts rows (AES-256-GCM) and authenticates the index (HMAC-SHA256), each with a key that
/// HKDF derives from it. For any thread. One that nobody disposes of is wiped when nothing uses it any more.
/// </summary>
internal sealed class DataKey : IDisposable
{
    public const int KeyBytes = 32;

    // An AesGcm serves one caller at a time, and making one costs as much as a small row.
    private readonly ConcurrentBag<AesGcm> _idle = [];

    // Held while the key's bytes are used, and while they are wiped: never does anything run under a wiped key.
    private readonly Lock _gate = new();
    private readonly byte[] _rows;
    private readonly byte[] _index;
    private long _left;
    private volatile bool _disposed;

    public DataKey(int id, ReadOnlySpan<byte> key)
    {
        Id = id;
        _rows = Derive(key, "smcp rows 1");
        _index = Derive(key, "smcp index 1");
    }

    public int Id { get; }

    /// <summary>Takes messages from what was counted durably ahead; false when that is used up.</summary>
    public bool TryCount(int messages)
    {
        if (Interlocked.Add(ref _left, -messages) >= 0)
        {
            return true;
        }

        Interlocked.Add(ref _left, messages);
        return false;
    }

    /// <summary>So many more messages are counted durably.</summary>
    public void Grant(long messages) => Interlocked.Add(ref _left, messages);

    public byte[] Seal(RowPlace place, long counter, long number, ReadOnlySpan<byte> content)
    {
        var row = new byte[RowHeader.Length + content.Length];
        new RowHeader(Id, counter, number).Write(row);
        var nonce = row.AsSpan(RowHeader.NonceAt, RowHeader.NonceBytes);
        RandomNumberGenerator.Fill(nonce);
        var aes = Rent();
        aes.Encrypt(
            nonce,
            content,
            row.AsSpan(RowHeader.Length),
            row.AsSpan(RowHeader.TagAt, RowHeader.TagBytes),
            Bound(place, row));
        Return(aes);
        return row;
    }

    /// <summary>The content of a row, or null where it was changed or belongs elsewhere.</summary>
    public byte[]? Open(RowPlace place, ReadOnlySpan<byte> row)
    {
        var content = new byte[row.Length - RowHeader.Length];
        var aes = Rent();
        try
        {
            aes.Decrypt(
                row.Slice(RowHeader.NonceAt, RowHeader.NonceBytes),
                row[RowHeader.Length..],
                row.Slice(RowHeader.TagAt, RowHeader.TagBytes),
                content,
                Bound(place, row));
            return content;
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
        finally
        {
            Return(aes);
        }
    }

    /// <summary>The code that proves a record of the index.</summary>
    public byte[] Authenticate(ReadOnlySpan<byte> data)
    {
        lock (_gate)
        {
            RequireKey();
            var code = HMACSHA256.HashData(_index, data);
            GC.KeepAlive(this);
            return code;
        }
    }

    ~DataKey() => Wipe();

    /// <summary>Forgets the key. Who holds it fails from here on.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            Wipe();
        }

        while (_idle.TryTake(out var aes))
        {
            aes.Dispose();
        }

        GC.SuppressFinalize(this);
    }

    private void Wipe()
    {
        CryptographicOperations.ZeroMemory(_rows);
        CryptographicOperations.ZeroMemory(_index);
    }

    private static byte[] Derive(ReadOnlySpan<byte> key, string purpose)
    {
        var derived = new byte[KeyBytes];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, key, derived, salt: [], Encoding.UTF8.GetBytes(purpose));
        return derived;
    }

    /// <summary>The associated data: the header, which has a fixed length, and the place.</summary>
    private static byte[] Bound(RowPlace place, ReadOnlySpan<byte> row) =>
        [.. row[..RowHeader.NonceAt], .. place.Bytes];

    private AesGcm Rent()
    {
        if (!_disposed && _idle.TryTake(out var idle))
        {
            return idle;
        }

        lock (_gate)
        {
            RequireKey();
            var aes = new AesGcm(_rows, RowHeader.TagBytes);
            GC.KeepAlive(this);
            return aes;
        }
    }

    private void RequireKey()
    {
        if (_disposed)
        {
            throw new StorageUnavailableException($"Data key {Id} was destroyed.");
        }
    }

    private void Return(AesGcm aes)
    {
        if (_disposed)
        {
            aes.Dispose();
        }
        else
        {
            _idle.Add(aes);
        }
    }
}
