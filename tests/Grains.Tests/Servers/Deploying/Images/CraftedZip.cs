using System.Text;

namespace Smcp.Servers.Deploying.Images;

/// <summary>Archives that no tool makes, written record by record (APPNOTE 4.3.7, 4.3.12 to 4.3.16).</summary>
internal sealed class CraftedZip : IDisposable
{
    private const uint EntryMark = 0x02014b50;
    private const uint FileMark = 0x04034b50;
    private const uint EndMark = 0x06054b50;
    private const uint Zip64EndMark = 0x06064b50;
    private const uint Zip64LocatorMark = 0x07064b50;
    private const ushort Version = 20;
    private const ushort Deflated = 8;
    private const uint ChecksumOfX = 0x8cdc1683;
    private const string Local = "f";

    private readonly MemoryStream _bytes = new();
    private readonly BinaryWriter _writer;

    private CraftedZip() => _writer = new BinaryWriter(_bytes, Encoding.ASCII);

    private uint At => (uint)_bytes.Position;

    /// <summary>So many files of one <c>x</c>, which all are the same packed bytes: many, that say nothing.</summary>
    public static MemoryStream Overlapping(int files)
    {
        using var zip = new CraftedZip();
        var packed = zip.WriteFile(blocks: 1_000);
        var directory = zip.WriteDirectory(files, packed);
        zip.WriteEnd((ushort)files, directory);
        return zip.Whole();
    }

    /// <summary>Its end names a directory of one file, and has Zip64 name another, of so many.</summary>
    public static MemoryStream TwoDirectories(int files)
    {
        using var zip = new CraftedZip();
        var packed = zip.WriteFile(blocks: 0);
        var directory = zip.WriteDirectory(files, packed);
        var decoy = zip.WriteDirectory(1, packed);
        zip.WriteZip64End(files, directory);
        zip.WriteEnd(ushort.MaxValue, decoy);
        return zip.Whole();
    }

    public void Dispose() => _writer.Dispose();

    private MemoryStream Whole() => new(_bytes.ToArray());

    /// <summary>Deflated: stored blocks of no bytes, then one of one byte (RFC 1951, section 3.2.4).</summary>
    private uint WriteFile(int blocks)
    {
        byte[] nothing = [0x00, 0x00, 0x00, 0xff, 0xff];
        byte[] last = [0x01, 0x01, 0x00, 0xfe, 0xff, (byte)'x'];
        byte[] packed = [.. Enumerable.Repeat(nothing, blocks).SelectMany(block => block), .. last];
        _writer.Write(FileMark);
        WriteCommon(Local, packed.Length);
        _writer.Write(Encoding.ASCII.GetBytes(Local));
        _writer.Write(packed);
        return (uint)packed.Length;
    }

    private uint WriteDirectory(int files, uint packed)
    {
        var at = At;
        for (var i = 0; i < files; i++)
        {
            var name = $"f{i:D4}";
            _writer.Write(EntryMark);
            _writer.Write(Version);
            WriteCommon(name, (int)packed);
            _writer.Write((ushort)0);
            _writer.Write((ushort)0);
            _writer.Write((ushort)0);
            _writer.Write(0u);
            _writer.Write(0u);
            _writer.Write(Encoding.ASCII.GetBytes(name));
        }

        return at;
    }

    /// <summary>What a file's header and its entry of the directory both have, up to the length of the extra.</summary>
    private void WriteCommon(string name, int packed)
    {
        _writer.Write(Version);
        _writer.Write((ushort)0);
        _writer.Write(Deflated);
        _writer.Write(0u);
        _writer.Write(ChecksumOfX);
        _writer.Write((uint)packed);
        _writer.Write(1u);
        _writer.Write((ushort)name.Length);
        _writer.Write((ushort)0);
    }

    private void WriteZip64End(int files, uint directory)
    {
        var at = At;
        _writer.Write(Zip64EndMark);
        _writer.Write(44ul);
        _writer.Write(Version);
        _writer.Write(Version);
        _writer.Write(0u);
        _writer.Write(0u);
        _writer.Write((ulong)files);
        _writer.Write((ulong)files);
        _writer.Write(0ul);
        _writer.Write((ulong)directory);
        _writer.Write(Zip64LocatorMark);
        _writer.Write(0u);
        _writer.Write((ulong)at);
        _writer.Write(1u);
    }

    private void WriteEnd(ushort files, uint directory)
    {
        _writer.Write(EndMark);
        _writer.Write(0u);
        _writer.Write(files);
        _writer.Write(files);
        _writer.Write(0u);
        _writer.Write(directory);
        _writer.Write((ushort)0);
    }
}
