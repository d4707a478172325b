using Microsoft.Extensions.Logging;

namespace Smcp.Tasks;

internal sealed partial class TaskResults
{
    [LoggerMessage(
        EventIds.TaskNotAnswered, LogLevel.Error, "An answer to a task of instance {Instance} could not be stored.")]
    private partial void LogNotAnswered(Exception exception, string instance);
}
