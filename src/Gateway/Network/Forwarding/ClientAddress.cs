using System.Net;
using Microsoft.AspNetCore.Http;

namespace Smcp.Network.Forwarding;

/// <summary>
/// Whom a request came from: what authentication, audit and rate limits take. A feature of the request, from the first
/// guard on.
/// </summary>
/// <param name="Address">
/// The address of the client, as far as known proxies vouch for it; an IPv4 address is never in its IPv6 form.
/// <see cref="IPAddress.None"/> where the connection has no address, which no list holds by accident.
/// </param>
/// <param name="Peer">The other end of the connection: the client, or the nearest proxy.</param>
internal sealed record ClientAddress(IPAddress Address, IPAddress Peer)
{
    /// <summary>The client's address in its canonical text.</summary>
    public string Text { get; } = Address.ToString();

    public static ClientAddress Of(HttpContext context) =>
        context.Features.Get<ClientAddress>()
        ?? throw new InvalidOperationException("The request did not pass the network guards.");
}
