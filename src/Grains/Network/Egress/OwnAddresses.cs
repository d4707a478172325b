using System.Net;
using System.Net.NetworkInformation;

namespace Smcp.Network.Egress;

/// <summary>
/// The addresses of this node, public ones among them: what listens on it may take a neighbour for a friend. Asked
/// each time, as they change.
/// </summary>
internal static class OwnAddresses
{
    public static bool Contain(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return NetworkInterface.GetAllNetworkInterfaces()
            .SelectMany(own => own.GetIPProperties().UnicastAddresses)
            .Any(own => own.Address.GetAddressBytes().AsSpan().SequenceEqual(plain.GetAddressBytes()));
    }
}
