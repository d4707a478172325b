using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Smcp.Security.Audit;

/// <summary>
/// The form of a stored record: format (1 byte), hash (32), seal (32), body. The hash chains it to the record before,
/// and needs no key to check; the seal is an HMAC of the hash, so that nobody without the log's key can write one.
/// </summary>
internal static class AuditChain
{
    public const int HashBytes = SHA256.HashSizeInBytes;

    private const byte Format = 1;
    private const int SealAt = 1 + HashBytes;
    private const int BodyAt = SealAt + HashBytes;

    private static ReadOnlySpan<byte> Domain => "smcp-audit-1"u8;

    /// <summary>What the first record is chained to: the name of the log, so that none passes for another's.</summary>
    public static byte[] Genesis(string tenant) =>
        SHA256.HashData([.. Domain, .. Encoding.UTF8.GetBytes(tenant)]);

    public static byte[] Hash(ReadOnlySpan<byte> before, long sequence, ReadOnlySpan<byte> body)
    {
        Span<byte> number = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(number, sequence);
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        sha.AppendData(Domain);
        sha.AppendData(before);
        sha.AppendData(number);
        sha.AppendData(body);
        return sha.GetHashAndReset();
    }

    public static byte[] Seal(ReadOnlyMemory<byte> key, ReadOnlySpan<byte> sealedBytes) =>
        HMACSHA256.HashData(key.Span, sealedBytes);

    /// <summary>The seal over everything else that a head says, for its tenant.</summary>
    public static byte[] Seal(ReadOnlyMemory<byte> key, string tenant, AuditHead head)
    {
        Span<byte> numbers = stackalloc byte[4 * sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(numbers, head.Sequence);
        BinaryPrimitives.WriteInt64BigEndian(numbers[sizeof(long)..], head.AnchorSequence);
        BinaryPrimitives.WriteInt64BigEndian(numbers[(2 * sizeof(long))..], head.Swept.Ticks);
        BinaryPrimitives.WriteInt64BigEndian(numbers[(3 * sizeof(long))..], head.SweepDue.UtcTicks);
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key.Span);
        hmac.AppendData(Genesis(tenant));
        hmac.AppendData(numbers);
        hmac.AppendData(SHA256.HashData(head.Hash.Span));
        hmac.AppendData(SHA256.HashData(head.AnchorHash.Span));
        return hmac.GetHashAndReset();
    }

    public static bool IsSame(ReadOnlyMemory<byte> one, ReadOnlySpan<byte> other) =>
        CryptographicOperations.FixedTimeEquals(one.Span, other);

    public static byte[] Pack(byte[] hash, ReadOnlyMemory<byte> key, ReadOnlySpan<byte> body) =>
        [Format, .. hash, .. Seal(key, hash), .. body];

    /// <summary>The parts of a stored record; false for what no record is.</summary>
    public static bool TryUnpack(
        ReadOnlyMemory<byte> payload,
        out ReadOnlyMemory<byte> hash,
        out ReadOnlyMemory<byte> seal,
        out ReadOnlyMemory<byte> body)
    {
        var valid = payload.Length > BodyAt && payload.Span[0] == Format;
        hash = valid ? payload.Slice(1, HashBytes) : default;
        seal = valid ? payload.Slice(SealAt, HashBytes) : default;
        body = valid ? payload[BodyAt..] : default;
        return valid;
    }
}
