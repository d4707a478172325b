using Microsoft.Extensions.Logging;

namespace Smcp.Network;

internal sealed partial class RefusalLog
{
    [LoggerMessage(
        EventIds.RequestRefused, LogLevel.Warning, "Request {CorrelationId} refused by the network: {Reason}.")]
    private partial void RequestRefused(string correlationId, string reason);

    [LoggerMessage(
        EventIds.MoreRequestsRefused, LogLevel.Warning,
        "{Count} more requests were refused by the network within the minute that is over: {Reason}.")]
    private partial void MoreWereRefused(long count, string reason);
}
