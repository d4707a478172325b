using Microsoft.AspNetCore.Http;

namespace Smcp.Network;

/// <summary>Only for a host name that is served (2025-11-25 transports, security warning).</summary>
internal sealed class HostGuard(HostAllowList hosts) : INetworkGuard
{
    private static readonly NetworkRefusal NotServed = new(
        StatusCodes.Status403Forbidden, "host",
        "This host name is not served here. A public URL or allowed host must name it.");

    public NetworkRefusal? Check(HttpContext context) => hosts.Allows(context.Request.Host) ? null : NotServed;
}
