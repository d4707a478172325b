using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Smcp.Network.Addresses;

/// <summary>
/// Networks, merged into ranges: whether they hold an address takes a few comparisons, however many they are.
/// </summary>
internal sealed class AddressSet
{
    private readonly Range[] _v4;
    private readonly Range[] _v6;

    public AddressSet(IEnumerable<IPNetwork> networks)
    {
        var all = networks.ToLookup(n => n.BaseAddress.AddressFamily, RangeOf);
        _v4 = Merge(all[AddressFamily.InterNetwork]);
        _v6 = Merge(all[AddressFamily.InterNetworkV6]);
    }

    public bool IsEmpty => _v4.Length == 0 && _v6.Length == 0;

    /// <summary>
    /// Reads entries, each an address or a network. What is wrong with any of them goes to
    /// <paramref name="problems"/>, a sentence each; the set then holds the others.
    /// </summary>
    public static AddressSet Parse(IEnumerable<string> entries, ICollection<string> problems)
    {
        var networks = new List<IPNetwork>();
        foreach (var entry in entries)
        {
            if (AddressText.ParseNetwork(entry, out var problem) is { } network)
            {
                networks.Add(network);
            }
            else
            {
                problems.Add(problem!);
            }
        }

        return new AddressSet(networks);
    }

    public bool Contains(IPAddress address)
    {
        address = AddressText.Normalise(address);
        var ranges = address.AddressFamily == AddressFamily.InterNetwork ? _v4 : _v6;
        if (ranges.Length == 0)
        {
            return false;
        }

        var number = NumberOf(address);
        int low = 0, high = ranges.Length - 1;
        while (low <= high)
        {
            var middle = (low + high) >>> 1;
            if (number < ranges[middle].First)
            {
                high = middle - 1;
            }
            else if (number > ranges[middle].Last)
            {
                low = middle + 1;
            }
            else
            {
                return true;
            }
        }

        return false;
    }

    private static Range[] Merge(IEnumerable<Range> ranges)
    {
        var merged = new List<Range>();
        foreach (var range in ranges.OrderBy(r => r.First))
        {
            if (merged.Count > 0 && range.First <= merged[^1].Last)
            {
                merged[^1] = merged[^1] with { Last = UInt128.Max(merged[^1].Last, range.Last) };
            }
            else
            {
                merged.Add(range);
            }
        }

        return [.. merged];
    }

    private static Range RangeOf(IPNetwork network)
    {
        var bits = network.BaseAddress.AddressFamily == AddressFamily.InterNetwork ? 32 : 128;
        var first = NumberOf(network.BaseAddress);
        var free = bits - network.PrefixLength;
        return new Range(first, free == 128 ? UInt128.MaxValue : first + ((UInt128.One << free) - 1));
    }

    private static UInt128 NumberOf(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[16];
        return address.TryWriteBytes(bytes, out var length) && length == 4
            ? BinaryPrimitives.ReadUInt32BigEndian(bytes)
            : BinaryPrimitives.ReadUInt128BigEndian(bytes);
    }

    private readonly record struct Range(UInt128 First, UInt128 Last);
}
