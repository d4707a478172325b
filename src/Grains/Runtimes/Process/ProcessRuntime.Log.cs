using Microsoft.Extensions.Logging;
using Smcp.Runtimes.Jails;

namespace Smcp.Runtimes.Process;

internal static partial class ProcessRuntime
{
    [LoggerMessage(EventIds.ProcessPlanned, LogLevel.Information,
        "{Server} runs as a program in a jail; one process for all clients: {IsShared}.")]
    public static partial void LogPlanned(ILogger logger, string server, bool isShared);

    [LoggerMessage(EventIds.ProcessNotStarted, LogLevel.Warning, "The program of {Server} did not start: {Problem}")]
    public static partial void LogNotStarted(ILogger logger, string server, string problem);

    [LoggerMessage(EventIds.ProcessEnded, LogLevel.Warning,
        "The program of {Server} ended by itself with code {Code} ({Reason}); not again for {Seconds} s.")]
    public static partial void LogEnded(
        ILogger logger, string server, int code, JailExitReason reason, double seconds);
}
