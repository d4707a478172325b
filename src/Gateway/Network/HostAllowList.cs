using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Smcp.Network;

/// <summary>
/// The names that this gateway answers to. A page whose name was rebound to our address sends its own name as Host, and
/// gets nothing (2025-11-25 transports, security warning).
/// </summary>
internal sealed class HostAllowList(
    IServer server, IOptions<GatewayOptions> gateway, IOptions<NetworkOptions> network)
{
    private static readonly string[] LoopbackNames = ["localhost", "127.0.0.1", "[::1]"];

    private readonly Lazy<(HashSet<string> Names, bool AnyLiteral)> _allowed =
        new(() => Derive(server.Features.Get<IServerAddressesFeature>(), gateway.Value, network.Value));

    private string? _lastAllowed;

    public bool Allows(HostString host)
    {
        if (!host.HasValue)
        {
            return false;
        }

        // Nearly all requests name the same host: to compare it costs less than to take it apart.
        if (string.Equals(host.Value, _lastAllowed, StringComparison.Ordinal))
        {
            return true;
        }

        if (!IsNamed(host))
        {
            return false;
        }

        _lastAllowed = host.Value;
        return true;
    }

    private bool IsNamed(HostString host)
    {
        var (names, anyLiteral) = _allowed.Value;
        return names.Contains(host.Host) || (anyLiteral && IsAddress(host.Host));
    }

    /// <summary>Whether a host, as in a URL, is this machine's loopback.</summary>
    public static bool IsLoopback(string host) =>
        string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));

    private static bool IsAddress(string host) => IPAddress.TryParse(host, out _);

    private static (HashSet<string> Names, bool AnyLiteral) Derive(
        IServerAddressesFeature? bound, GatewayOptions gateway, NetworkOptions network)
    {
        var names = new HashSet<string>(LoopbackNames, StringComparer.OrdinalIgnoreCase);
        names.UnionWith(network.AllowedHosts);
        foreach (var url in gateway.PublicUrls)
        {
            names.Add(new Uri(url).IdnHost);
        }

        var anyLiteral = false;
        foreach (var url in bound?.Addresses ?? [])
        {
            var host = BindingAddress.Parse(url).Host;
            // Bound to every address, the machine's own are not known by name; an address cannot be rebound by DNS.
            anyLiteral |= host is "+" or "*" || (IPAddress.TryParse(host, out var ip) && IsAny(ip));
            names.Add(host);
        }

        return (names, anyLiteral);
    }

    private static bool IsAny(IPAddress address) =>
        address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any);
}
