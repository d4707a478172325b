using Microsoft.Extensions.Logging;

namespace Smcp.Runtimes.Jails;

internal sealed partial class JailerProcess
{
    [LoggerMessage(EventIds.JailerStarted, LogLevel.Information, "The jailer runs as process {Process}.")]
    private partial void LogStarted(int process);
}
