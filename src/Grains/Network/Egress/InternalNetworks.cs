using System.Net;
using System.Net.Sockets;

namespace Smcp.Network.Egress;

/// <summary>
/// Which addresses are no public hosts (the IANA special-purpose registries, RFC 6890). Of IPv6 only global unicast is
/// public, and of that not what wraps or leads to an IPv4 address: a wrapped internal address is an internal address.
/// </summary>
internal static class InternalNetworks
{
    private static readonly IPNetwork[] InternalV4 =
    [
        IPNetwork.Parse("0.0.0.0/8"),
        IPNetwork.Parse("10.0.0.0/8"),
        IPNetwork.Parse("100.64.0.0/10"),
        IPNetwork.Parse("127.0.0.0/8"),

        // Azure's platform, on every machine there: public by its number only.
        IPNetwork.Parse("168.63.129.16/32"),
        IPNetwork.Parse("169.254.0.0/16"),
        IPNetwork.Parse("172.16.0.0/12"),
        IPNetwork.Parse("192.0.0.0/24"),
        IPNetwork.Parse("192.0.2.0/24"),
        IPNetwork.Parse("192.88.99.0/24"),
        IPNetwork.Parse("192.168.0.0/16"),
        IPNetwork.Parse("198.18.0.0/15"),
        IPNetwork.Parse("198.51.100.0/24"),
        IPNetwork.Parse("203.0.113.0/24"),
        IPNetwork.Parse("224.0.0.0/3"),
    ];

    private static readonly IPNetwork PublicV6 = IPNetwork.Parse("2000::/3");

    private static readonly IPNetwork[] InternalV6 =
    [
        IPNetwork.Parse("2001::/23"),
        IPNetwork.Parse("2001:db8::/32"),
        IPNetwork.Parse("2002::/16"),
        IPNetwork.Parse("3fff::/20"),
    ];

    public static bool Contain(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
        {
            address = address.MapToIPv4();
        }

        return address.AddressFamily switch
        {
            AddressFamily.InterNetwork => InternalV4.Any(network => network.Contains(address)),
            AddressFamily.InterNetworkV6 =>
                address.ScopeId != 0 || !PublicV6.Contains(address)
                || InternalV6.Any(network => network.Contains(address)),
            _ => true,
        };
    }
}
