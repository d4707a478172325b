using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Smcp.Network.Forwarding;

namespace Smcp.Network.Tls;

/// <summary>
/// Refuses what came from another machine in clear. It does not redirect: a credential that was sent has been read by
/// then, and a client that is only told to come back would send it again each time.
/// </summary>
internal sealed class TransportGuard(IOptions<TlsOptions> options) : INetworkGuard
{
    private static readonly NetworkRefusal InClear = new(
        StatusCodes.Status403Forbidden, "tls", "This server answers over https only.");

    private readonly bool _requireTls = options.Value.RequireTls;

    private readonly string? _hsts = options.Value.HstsMaxAge > TimeSpan.Zero
        ? string.Create(CultureInfo.InvariantCulture, $"max-age={(long)options.Value.HstsMaxAge.TotalSeconds}")
        : null;

    public NetworkRefusal? Check(HttpContext context)
    {
        if (!context.Request.IsHttps)
        {
            return !_requireTls || IPAddress.IsLoopback(ClientAddress.Of(context).Address) ? null : InClear;
        }

        // A browser keeps the rule for the name whatever the port (RFC 6797 section 8): not for this machine's own.
        if (_hsts is not null && !HostAllowList.IsLoopback(context.Request.Host.Host))
        {
            context.Response.Headers.StrictTransportSecurity = _hsts;
        }

        return null;
    }
}
