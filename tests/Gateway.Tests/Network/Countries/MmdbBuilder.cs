using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Smcp;

/// <summary>Writes a small file of the MaxMind DB format 2.0, by its specification and nobody's reader.</summary>
internal sealed class MmdbBuilder(int recordBits, int ipVersion)
{
    private readonly List<int[]> _nodes = [[-1, -1]];
    private readonly List<byte> _data = [];

    public MmdbBuilder() : this(28, 6)
    {
    }

    /// <summary>A network whose data is that of GeoIP2: country, iso_code, beside other fields of every kind.</summary>
    public MmdbBuilder Nested(string network, string country) => Add(network, Map(
        ("continent", Map(("code", Text("EU")), ("names", Map(("en", Text(new string('x', 400))))))),
        ("numbers", Array(Number(5, 2), [0x68, .. new byte[8]], [0x04, 0x08, .. new byte[4]], [0x01, 0x07])),
        ("country", Map(("geoname_id", Number(6, 3)), ("iso_code", Text(country))))));

    public MmdbBuilder Flat(string network, string country) => Add(network, Map(("country_code", Text(country))));

    /// <summary>A network whose data is a pointer to what stands at an offset of the data section.</summary>
    public MmdbBuilder Pointing(string network, int offset) =>
        Add(network, Map(("country_code", [(byte)(0x20 | (offset >> 8)), (byte)offset])));

    public MmdbBuilder Add(string network, byte[] data)
    {
        var place = IPNetwork.Parse(network);
        var bits = place.BaseAddress.GetAddressBytes();
        var skipped = ipVersion == 6 && place.BaseAddress.AddressFamily == AddressFamily.InterNetwork ? 96 : 0;
        var length = skipped + place.PrefixLength;
        var node = 0;
        for (var i = 0; i < length; i++)
        {
            var bit = i < skipped ? 0 : (bits[(i - skipped) / 8] >> (7 - ((i - skipped) % 8))) & 1;
            if (i == length - 1)
            {
                _nodes[node][bit] = -2 - _data.Count;
                break;
            }

            if (_nodes[node][bit] < 0)
            {
                _nodes.Add([-1, -1]);
                _nodes[node][bit] = _nodes.Count - 1;
            }

            node = _nodes[node][bit];
        }

        _data.AddRange(data);
        return this;
    }

    public byte[] Build()
    {
        using var file = new MemoryStream();
        foreach (var node in _nodes)
        {
            var (left, right) = ((uint)RecordOf(node[0]), (uint)RecordOf(node[1]));
            file.Write(recordBits switch
            {
                24 => [.. Bytes(left, 3), .. Bytes(right, 3)],
                28 => [.. Bytes(left, 3), (byte)(((left >> 24) << 4) | (right >> 24)), .. Bytes(right, 3)],
                _ => [.. Bytes(left, 4), .. Bytes(right, 4)],
            });
        }

        file.Write(new byte[16]);
        file.Write(_data.ToArray());
        file.Write([0xAB, 0xCD, 0xEF, .. "MaxMind.com"u8]);
        file.Write(Map(
            ("binary_format_major_version", Number(5, 2)), ("binary_format_minor_version", Number(5, 0)),
            ("build_epoch", [0x04, 0x02, 1, 2, 3, 4]), ("database_type", Text("Test")),
            ("description", Map(("en", Text("A test")))), ("ip_version", Number(5, (uint)ipVersion)),
            ("languages", Array(Text("en"))), ("node_count", Number(6, (uint)_nodes.Count)),
            ("record_size", Number(5, (uint)recordBits))));
        return file.ToArray();
    }

    public static byte[] Map(params (string Key, byte[] Value)[] pairs) =>
        [(byte)(0xE0 | pairs.Length), .. pairs.SelectMany(p => Text(p.Key).Concat(p.Value))];

    public static byte[] Text(string text) => text.Length switch
    {
        < 29 => [(byte)(0x40 | text.Length), .. Encoding.UTF8.GetBytes(text)],
        < 285 => [0x5D, (byte)(text.Length - 29), .. Encoding.UTF8.GetBytes(text)],
        _ => [0x5E, .. Bytes((uint)text.Length - 285, 2), .. Encoding.UTF8.GetBytes(text)],
    };

    private static byte[] Array(params byte[][] items) =>
        [(byte)items.Length, 0x04, .. items.SelectMany(i => i)];

    private static byte[] Number(int type, uint value) => [(byte)((type << 5) | 2), .. Bytes(value, 2)];

    private static byte[] Bytes(uint value, int count) =>
        [.. Enumerable.Range(0, count).Select(i => (byte)(value >> (8 * (count - 1 - i))))];

    private int RecordOf(int entry) => entry switch
    {
        -1 => _nodes.Count,
        < 0 => _nodes.Count + 16 + (-2 - entry),
        _ => entry,
    };
}
