using System.Collections.Frozen;
using System.Net;
using System.Net.Sockets;
using Smcp.Network.Egress;

namespace Smcp.Threats;

/// <summary>A name server of the attacker's: each name is at the addresses that its first label says.</summary>
internal sealed class Names : IHostResolver
{
    private static readonly FrozenDictionary<string, IPAddress[]> Known = new Dictionary<string, IPAddress[]>
    {
        ["plain"] = [IPAddress.Loopback],
        ["outer"] = [IPAddress.Loopback],
        ["gateway"] = [IPAddress.Loopback],
        ["localhost"] = [IPAddress.Loopback],
        ["mapped"] = [IPAddress.Loopback.MapToIPv6()],
        ["six"] = [IPAddress.IPv6Loopback],
        ["any"] = [IPAddress.Any],
        ["far"] = [IPAddress.Parse("127.255.255.254")],
        ["both"] = [IPAddress.Loopback, IPAddress.Parse("2606:4700:4700::1111")],
    }.ToFrozenDictionary();

    public Task<IReadOnlyList<IPAddress>> ResolveAsync(string host, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<IPAddress>>(
            Known.GetValueOrDefault(host.Split('.')[0]) ?? throw new SocketException((int)SocketError.HostNotFound));
}
