using Microsoft.Extensions.Logging;

namespace Smcp.Engine.Bells;

internal sealed partial class BellSubscription
{
    [LoggerMessage(
        EventIds.BellFaulted,
        LogLevel.Error,
        "A subscriber of {Stream} faulted; it goes on with the next bell.")]
    private partial void LogBellFaulted(string stream, Exception exception);
}
