using Microsoft.Extensions.Logging;

namespace Smcp.Runtimes.Worker.Bindings;

internal sealed partial class BindingApplication
{
    [LoggerMessage(EventIds.WorkerBindingFailed, LogLevel.Error,
        "A binding of a worker failed unexpectedly ({Failure}).")]
    private static partial void LogBindingFailed(ILogger logger, string failure);
}
