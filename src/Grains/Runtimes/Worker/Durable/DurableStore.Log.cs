using Microsoft.Extensions.Logging;
using Smcp.Servers;

namespace Smcp.Runtimes.Worker.Durable;

internal sealed partial class DurableStore
{
    [LoggerMessage(EventIds.WorkerObjectsReleased, LogLevel.Information,
        "A process of the worker {Server} rested and was ended, as another wants its Durable Objects.")]
    private static partial void LogRetired(ILogger logger, ServerKey server);

    [LoggerMessage(EventIds.WorkerLeaseLeft, LogLevel.Warning,
        "The lease of an ended process of the worker {Server} could not be removed and has to run out: {Reason}")]
    private static partial void LogLeaseLeft(ILogger logger, ServerKey server, string reason);
}
