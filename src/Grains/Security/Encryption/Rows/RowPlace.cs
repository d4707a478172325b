using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Smcp.Security.Encryption.Keys;
using Smcp.Storage;

namespace Smcp.Security.Encryption.Rows;

/// <summary>
/// Where a row stands: what its ciphertext is bound to, and what the index knows it by. Each part has its length
/// before it, so no two places have the same bytes.
/// </summary>
internal sealed class RowPlace
{
    private const byte State = 1;
    private const byte Log = 2;

    /// <summary>Half a surrogate pair would become U+FFFD, and two places one: it is refused.</summary>
    private static readonly UTF8Encoding Utf8 = new(false, throwOnInvalidBytes: true);

    private readonly string _text;

    private RowPlace(string text, KeyOwner owner, byte[] bytes)
    {
        _text = text;
        Owner = owner;
        Bytes = bytes;
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes, hash);
        Id = BinaryPrimitives.ReadUInt128BigEndian(hash);
    }

    public KeyOwner Owner { get; }

    /// <summary>Kind, owner, and the parts of the name, each with its length.</summary>
    public byte[] Bytes { get; }

    /// <summary>Names the place in the index: 128 bits of its SHA-256.</summary>
    public UInt128 Id { get; }

    public static RowPlace Of(StateAddress address)
    {
        var owner = KeyOwnership.Of(address);
        return new RowPlace(
            address.ToString(), owner, Join(State, owner, address.GrainType, address.GrainKey, address.Name));
    }

    public static RowPlace OfLog(string log)
    {
        var owner = KeyOwnership.OfLog(log);
        return new RowPlace($"log {log}", owner, Join(Log, owner, log));
    }

    public override string ToString() => _text;

    private static byte[] Join(byte kind, KeyOwner owner, params ReadOnlySpan<string> parts)
    {
        var of = owner.ToString();
        var length = 1 + sizeof(int) + Utf8.GetByteCount(of);
        foreach (var part in parts)
        {
            length += sizeof(int) + Utf8.GetByteCount(part);
        }

        var bytes = new byte[length];
        bytes[0] = kind;
        var at = 1 + Put(bytes.AsSpan(1), of);
        foreach (var part in parts)
        {
            at += Put(bytes.AsSpan(at), part);
        }

        return bytes;
    }

    private static int Put(Span<byte> to, string text)
    {
        var length = Utf8.GetBytes(text, to[sizeof(int)..]);
        BinaryPrimitives.WriteInt32BigEndian(to, length);
        return sizeof(int) + length;
    }
}
