using Microsoft.Extensions.Logging;

namespace Smcp.Runtimes.Jails;

internal sealed partial class JailerJails
{
    [LoggerMessage(EventIds.JailNotStarted, LogLevel.Warning, "A jail did not start: {Problem}")]
    private partial void LogNotStarted(string problem);
}
