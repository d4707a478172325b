using Microsoft.Extensions.Logging;

namespace Smcp.Runtimes.Remote;

internal static partial class RemoteRuntime
{
    [LoggerMessage(
        EventIds.RemoteCircuitOpened, LogLevel.Warning,
        "{Server} fails too often and is asked no more for {Seconds} s.")]
    public static partial void LogCircuitOpened(ILogger logger, string server, double seconds);

    [LoggerMessage(EventIds.RemoteCircuitClosed, LogLevel.Information, "{Server} answers again.")]
    public static partial void LogCircuitClosed(ILogger logger, string server);
}
