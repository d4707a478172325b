using Microsoft.Extensions.Logging;

namespace Smcp.Runtimes.Worker;

internal sealed partial class WorkerBlanks
{
    [LoggerMessage(EventIds.WorkerBlankNotMade, LogLevel.Debug,
        "No process for the worker that starts next waits in a jail: {Reason}")]
    private partial void LogNotFilled(string reason);
}
