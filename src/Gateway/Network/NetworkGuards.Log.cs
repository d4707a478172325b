using Microsoft.Extensions.Logging;

namespace Smcp.Network;

internal sealed partial class NetworkGuards
{
    [LoggerMessage(EventIds.HostRefused, LogLevel.Warning, "Request {CorrelationId} refused: its Host is not served.")]
    private partial void HostRefused(string correlationId);

    [LoggerMessage(
        EventIds.OriginRefused, LogLevel.Warning,
        "Request {CorrelationId} refused: its Origin may not call.")]
    private partial void OriginRefused(string correlationId);
}
