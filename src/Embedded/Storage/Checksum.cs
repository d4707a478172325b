using System.Buffers.Binary;
using System.Numerics;

namespace Smcp.Storage;

/// <summary>
/// CRC-32C over a row's number and payload, so that a flipped bit on the disk is found when the row is read. SQLite
/// itself checks only the structure of its pages.
/// </summary>
internal static class Checksum
{
    public static long Of(long number, ReadOnlySpan<byte> payload)
    {
        var crc = BitOperations.Crc32C(uint.MaxValue, (ulong)number);
        while (payload.Length >= sizeof(ulong))
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(payload));
            payload = payload[sizeof(ulong)..];
        }

        foreach (var value in payload)
        {
            crc = BitOperations.Crc32C(crc, value);
        }

        return crc ^ uint.MaxValue;
    }
}
