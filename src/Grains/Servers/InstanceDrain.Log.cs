using Microsoft.Extensions.Logging;

namespace Smcp.Servers;

internal sealed partial class InstanceDrain
{
    [LoggerMessage(EventIds.DrainIncomplete, LogLevel.Warning,
        "The process stops before all calls in flight were answered; their clients learn it from their sessions.")]
    private partial void LogIncomplete();
}
