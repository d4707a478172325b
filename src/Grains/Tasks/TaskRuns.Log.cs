using Microsoft.Extensions.Logging;

namespace Smcp.Tasks;

internal sealed partial class TaskRuns
{
    [LoggerMessage(EventIds.TaskNotStored, LogLevel.Error, "A task of instance {Instance} could not be stored.")]
    private partial void LogNotStored(Exception exception, string instance);
}
