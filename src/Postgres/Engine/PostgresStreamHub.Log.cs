using Microsoft.Extensions.Logging;

namespace Smcp.Engine;

internal sealed partial class PostgresStreamHub
{
    [LoggerMessage(EventIds.PostgresListening, LogLevel.Information, "Listening for bells.")]
    private partial void LogListening();

    [LoggerMessage(
        EventIds.PostgresListenFailed,
        LogLevel.Warning,
        "The connection that hears bells failed: {Reason}. Streams go by their heartbeat until it is back.")]
    private partial void LogListenFailed(string reason, Exception exception);

    [LoggerMessage(EventIds.PostgresBellFaulted, LogLevel.Error, "A subscriber of {Stream} failed.")]
    private partial void LogBellFaulted(string stream, Exception exception);
}
