using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Smcp.Servers.Deploying.Images;

/// <summary>
/// Counts the entries of a zip before anything reads them all into memory: a small archive may have a million (APPNOTE
/// 4.3.12, 4.3.14 to 4.3.16).
/// </summary>
internal static class ZipDirectory
{
    private const uint EntryMark = 0x02014b50;
    private const uint EndMark = 0x06054b50;
    private const int EntryBytes = 46;
    private const int EndBytes = 22;
    private const int CommentBytesMax = 65_535;

    /// <summary>How many entries there are, at most one more than so many; 0 where it is no archive.</summary>
    /// <exception cref="BundleException">It is a Zip64 archive: its directory may be elsewhere.</exception>
    public static int Count(Stream archive, int countMax)
    {
        if (EndOf(archive) is not { } end)
        {
            return 0;
        }

        // Whoever unpacks it reads the directory that Zip64 names, and not this one: what is counted must be what is
        // read. Only an archive of 4 GiB or 65,535 entries needs it.
        if (IsZip64(end))
        {
            throw new BundleException("The bundle is a Zip64 archive, and such are not read.");
        }

        long at = BinaryPrimitives.ReadUInt32LittleEndian(end.AsSpan(16));
        var entry = new byte[EntryBytes];
        var count = 0;
        while (count <= countMax && at + EntryBytes <= archive.Length)
        {
            archive.Position = at;
            archive.ReadExactly(entry);
            if (BinaryPrimitives.ReadUInt32LittleEndian(entry) != EntryMark)
            {
                break;
            }

            count++;
            at += EntryBytes + BinaryPrimitives.ReadUInt16LittleEndian(entry.AsSpan(28))
                + BinaryPrimitives.ReadUInt16LittleEndian(entry.AsSpan(30))
                + BinaryPrimitives.ReadUInt16LittleEndian(entry.AsSpan(32));
        }

        return count;
    }

    /// <summary>A field of ones, whichever, says that the value is in the Zip64 record (APPNOTE 4.4.1.4).</summary>
    private static bool IsZip64(ReadOnlySpan<byte> end) =>
        MemoryMarshal.Cast<byte, ushort>(end[4..12]).Contains(ushort.MaxValue)
        || MemoryMarshal.Cast<byte, uint>(end[12..20]).Contains(uint.MaxValue);

    private static byte[]? EndOf(Stream archive)
    {
        var tail = new byte[Math.Min(archive.Length, EndBytes + CommentBytesMax)];
        archive.Position = archive.Length - tail.Length;
        archive.ReadExactly(tail);
        for (var at = tail.Length - EndBytes; at >= 0; at--)
        {
            if (BinaryPrimitives.ReadUInt32LittleEndian(tail.AsSpan(at)) == EndMark)
            {
                return tail[at..(at + EndBytes)];
            }
        }

        return null;
    }
}
