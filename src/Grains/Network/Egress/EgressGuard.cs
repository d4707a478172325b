using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;

namespace Smcp.Network.Egress;

/// <summary>
/// Connects to a host at an address that was checked: the name is resolved once, every address must be allowed, and the
/// connection goes to one of those. So a name cannot be one thing when it is checked and another when it is used.
/// </summary>
internal sealed class EgressGuard(IHostResolver resolver, TimeProvider time, IOptions<EgressOptions> options)
{
    private readonly IPNetwork[] _allowed = [.. options.Value.AllowedNetworks.Select(IPNetwork.Parse)];

    /// <summary>For ourselves: also where an operator allowed a network.</summary>
    /// <exception cref="EgressRefusedException">An address of the host is internal.</exception>
    public ValueTask<Stream> ConnectAsync(DnsEndPoint host, CancellationToken cancellationToken) =>
        ConnectAsync(host, IsAllowed, cancellationToken);

    /// <summary>
    /// For a server of a tenant: the networks that are allowed to ourselves are none to it, and neither is this node.
    /// </summary>
    /// <param name="host">Where to.</param>
    /// <param name="mayBeInternal">Whether an operator named this very host and port as internal and allowed.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="EgressRefusedException">An address of the host is internal, and may not be.</exception>
    public ValueTask<Stream> ConnectAsync(
        DnsEndPoint host, bool mayBeInternal, CancellationToken cancellationToken) =>
        ConnectAsync(
            host, mayBeInternal ? static _ => true : IsPublic, cancellationToken);

    private async ValueTask<Stream> ConnectAsync(
        DnsEndPoint host, Func<IPAddress, bool> mayBe, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(options.Value.ConnectTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        var addresses = await AddressesAsync(host.Host, mayBe, either.Token);
        Exception? last = null;
        foreach (var address in addresses)
        {
            var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(new IPEndPoint(address, host.Port), either.Token);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch (SocketException exception)
            {
                last = exception;
                socket.Dispose();
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        }

        throw last ?? new EgressRefusedException(host.Host);
    }

    private async Task<IReadOnlyList<IPAddress>> AddressesAsync(
        string host, Func<IPAddress, bool> mayBe, CancellationToken cancellationToken)
    {
        var addresses = IPAddress.TryParse(host, out var literal)
            ? [literal]
            : await resolver.ResolveAsync(host, cancellationToken);
        return addresses.Count > 0 && addresses.All(mayBe)
            ? addresses
            : throw new EgressRefusedException(host);
    }

    private static bool IsPublic(IPAddress address) =>
        !InternalNetworks.Contain(address) && !OwnAddresses.Contain(address);

    private bool IsAllowed(IPAddress address) =>
        !InternalNetworks.Contain(address)
        || _allowed.Any(network => network.Contains(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address));
}
