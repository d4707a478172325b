using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Smcp.Network.Forwarding;

/// <summary>Reads X-Forwarded-For, -Proto and -Host: three lists, to which each proxy appends.</summary>
internal static class XForwardedHeaders
{
    public const string For = "X-Forwarded-For";
    public const string Proto = "X-Forwarded-Proto";
    public const string Host = "X-Forwarded-Host";

    /// <summary>
    /// The hops, the nearest first, and no more than asked for. Where scheme or host have fewer entries than addresses,
    /// the proxies passed them on: the leftmost stands for all before it.
    /// </summary>
    public static IReadOnlyList<ForwardedHop> Read(IHeaderDictionary headers, int hopsMax)
    {
        var addresses = FromRight(headers[For], hopsMax);
        var schemes = FromRight(headers[Proto], hopsMax);
        var hosts = FromRight(headers[Host], hopsMax);
        var hops = new List<ForwardedHop>();
        for (var i = 0; i < Math.Max(addresses.Count, schemes.Count + hosts.Count > 0 ? 1 : 0); i++)
        {
            hops.Add(new ForwardedHop(addresses.ElementAtOrDefault(i), At(schemes, i), At(hosts, i)));
        }

        return hops;
    }

    private static string? At(List<string> entries, int index) =>
        entries.Count == 0 ? null : entries[Math.Min(index, entries.Count - 1)];

    private static List<string> FromRight(StringValues lines, int max)
    {
        var entries = new List<string>();
        for (var i = lines.Count - 1; i >= 0; i--)
        {
            var rest = lines[i].AsSpan();
            while (entries.Count < max)
            {
                var comma = rest.LastIndexOf(',');
                entries.Add(rest[(comma + 1)..].Trim().ToString());
                if (comma < 0)
                {
                    break;
                }

                rest = rest[..comma];
            }
        }

        return entries;
    }
}
