using System.Net;
using System.Net.Sockets;
using Smcp.Network.Addresses;

namespace Smcp.Network.Countries;

/// <summary>
/// A file of the MaxMind DB format 2.0: a binary tree over the bits of addresses, then data, then metadata.
/// </summary>
internal sealed class MmdbFile : ICountryLookup
{
    private const int SeparatorBytes = 16;
    private const int MetadataBytesMax = 128 * 1024;
    private const int V4Depth = 96;

    private static ReadOnlySpan<byte> Marker =>
    [
        0xAB, 0xCD, 0xEF,
        (byte)'M', (byte)'a', (byte)'x', (byte)'M', (byte)'i', (byte)'n', (byte)'d', (byte)'.',
        (byte)'c', (byte)'o', (byte)'m',
    ];

    private readonly byte[] _bytes;
    private readonly uint _nodes;
    private readonly int _recordBits;
    private readonly bool _isV6;
    private readonly int _dataStart;
    private readonly int _dataEnd;
    private readonly uint _v4Root;

    private MmdbFile(byte[] bytes, Layout layout, int metadata)
    {
        _bytes = bytes;
        _nodes = layout.Nodes;
        _recordBits = layout.RecordBits;
        _isV6 = layout.IsV6;
        _dataStart = (int)layout.TreeBytes + SeparatorBytes;
        _dataEnd = metadata;
        _v4Root = _isV6 ? Walk(0, stackalloc byte[V4Depth / 8]) : 0;
    }

    /// <summary>Takes a file's bytes; null when they are none of this format, and then why.</summary>
    public static MmdbFile? Open(byte[] bytes, out string? problem)
    {
        var searched = Math.Max(0, bytes.Length - MetadataBytesMax);
        var marker = bytes.AsSpan(searched).LastIndexOf(Marker);
        if (marker < 0)
        {
            problem = "it is no MaxMind DB file";
            return null;
        }

        marker += searched;
        if (!TryReadLayout(bytes.AsSpan(marker + Marker.Length), out var layout))
        {
            problem = "its metadata is not that of a MaxMind DB file of version 2";
            return null;
        }

        if (layout.TreeBytes + SeparatorBytes > (ulong)marker)
        {
            problem = "it is cut short";
            return null;
        }

        problem = null;
        return new MmdbFile(bytes, layout, marker);
    }

    /// <inheritdoc/>
    public string? CountryOf(IPAddress address)
    {
        address = AddressText.Normalise(address);
        var isV4 = address.AddressFamily == AddressFamily.InterNetwork;
        if (!isV4 && !_isV6)
        {
            return null;
        }

        Span<byte> bits = stackalloc byte[16];
        address.TryWriteBytes(bits, out var length);
        var record = Walk(isV4 ? _v4Root : 0, bits[..length]);
        var place = (long)record - _nodes - SeparatorBytes;
        return place >= 0 && place < _dataEnd - _dataStart ? CountryAt((int)place) : null;
    }

    /// <summary>The shapes in which databases of countries say it: nested with names, nested flat, and flat.</summary>
    private string? CountryAt(int place)
    {
        var reader = new MmdbReader(_bytes.AsSpan(_dataStart.._dataEnd));
        var code = reader.TryFind(place, "country"u8, out var country)
            ? reader.TryFind(country, "iso_code"u8, out var iso) ? reader.TextAt(iso) : reader.TextAt(country)
            : null;
        code ??= reader.TryFind(place, "country_code"u8, out var flat) ? reader.TextAt(flat) : null;
        return code is { Length: 2 } && char.IsAsciiLetter(code[0]) && char.IsAsciiLetter(code[1])
            ? code.ToUpperInvariant()
            : null;
    }

    /// <summary>From a node down by bits, until a record is no node; each step is one bit, so it always ends.</summary>
    private uint Walk(uint node, ReadOnlySpan<byte> bits)
    {
        for (var i = 0; i < bits.Length * 8 && node < _nodes; i++)
        {
            node = Record(node, (bits[i >> 3] >> (7 - (i & 7))) & 1);
        }

        return node;
    }

    private uint Record(uint node, int side)
    {
        var pair = _bytes.AsSpan((int)((long)node * _recordBits / 4), _recordBits / 4);
        if (_recordBits == 28)
        {
            // The fourth byte holds the top four bits of both.
            var top = side == 0 ? pair[3] >> 4 : pair[3] & 15;
            return ((uint)top << 24) | Number(pair.Slice(side * 4, 3));
        }

        return Number(pair.Slice(side * _recordBits / 8, _recordBits / 8));
    }

    private static uint Number(ReadOnlySpan<byte> bytes)
    {
        var number = 0U;
        foreach (var next in bytes)
        {
            number = (number << 8) | next;
        }

        return number;
    }

    private static bool TryReadLayout(ReadOnlySpan<byte> metadata, out Layout layout)
    {
        var reader = new MmdbReader(metadata);
        var version = NumberOf(ref reader, "binary_format_major_version"u8);
        var nodes = NumberOf(ref reader, "node_count"u8);
        var bits = NumberOf(ref reader, "record_size"u8);
        var family = NumberOf(ref reader, "ip_version"u8);
        layout = new Layout((uint)(nodes ?? 0), (int)(bits ?? 0), family == 6);
        return version == 2 && nodes is > 0 and <= uint.MaxValue && bits is 24 or 28 or 32 && family is 4 or 6;
    }

    private static ulong? NumberOf(ref MmdbReader reader, ReadOnlySpan<byte> key) =>
        reader.TryFind(0, key, out var at) ? reader.NumberAt(at) : null;

    private readonly record struct Layout(uint Nodes, int RecordBits, bool IsV6)
    {
        public ulong TreeBytes => (ulong)Nodes * (ulong)RecordBits / 4;
    }
}
