using Microsoft.Extensions.Logging;

namespace Smcp.Network;

internal sealed partial class NetworkGuards
{
    [LoggerMessage(
        EventIds.RequestRefused, LogLevel.Warning, "Request {CorrelationId} refused by the network: {Reason}.")]
    private partial void RequestRefused(string correlationId, string reason);
}
