using Microsoft.Extensions.Options;
using Smcp.Identity;
using Smcp.Network.Egress.Proxying;
using Smcp.Security.Audit;
using Smcp.Servers;

namespace Smcp.Network.Egress;

/// <summary>
/// Makes the handlers by which a tenant's server is asked, or asks: where to is the tenant's word, so they reach what a
/// jail's proxy would. The networks that an operator allowed to ourselves are closed to them, and so is this node; an
/// internal place is open by its name and port (<see cref="EgressProxyOptions.InternalPlaces"/>). What is refused is
/// recorded for the tenant.
/// </summary>
internal sealed class ServerHttp(
    EgressHttp http, EgressGuard guard, IOptions<EgressProxyOptions> options, IAuditTrail? audit = null)
{
    /// <summary>The server that a request is made for, where a handler is for those of all.</summary>
    public static HttpRequestOptionsKey<ServerKey> Server { get; } = new("smcp.server");

    /// <summary>A handler for one server, that its user disposes.</summary>
    public SocketsHttpHandler CreateHandler(TenantId tenant, ServerId server) =>
        CreateHandler(_ => new ServerKey(tenant, server));

    /// <summary>A handler for all; each request names its <see cref="Server"/>.</summary>
    public SocketsHttpHandler CreateHandler() => CreateHandler(request =>
        request.Options.TryGetValue(Server, out var server)
            ? server
            : throw new InvalidOperationException("The request names no server."));

    private SocketsHttpHandler CreateHandler(Func<HttpRequestMessage, ServerKey> serverOf)
    {
        var open = EgressPlace.AllOf(options.Value.InternalPlaces);
        var handler = http.CreateHandler();
        handler.ConnectCallback = async (context, cancellationToken) =>
        {
            var place = EgressPlace.Of(context.DnsEndPoint.Host, context.DnsEndPoint.Port);
            try
            {
                return await guard.ConnectAsync(
                    context.DnsEndPoint, place is { } named && open.Contains(named), cancellationToken);
            }
            catch (EgressRefusedException)
            {
                var (tenant, server) = serverOf(context.InitialRequestMessage);
                audit?.Record(EgressDenial.Of(tenant, server, EgressDenial.Internal, place));
                throw;
            }
        };
        return handler;
    }
}
