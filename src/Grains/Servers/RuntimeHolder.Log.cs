using Microsoft.Extensions.Logging;

namespace Smcp.Servers;

internal sealed partial class RuntimeHolder
{
    [LoggerMessage(EventIds.RuntimeStarted, LogLevel.Information, "Instance {Instance} runs; runtime {Runtime}.")]
    private partial void LogStarted(string instance, RuntimeKind runtime);

    [LoggerMessage(EventIds.RuntimeStartFailed, LogLevel.Error, "Instance {Instance} did not start.")]
    private partial void LogStartFailed(Exception exception, string instance);

    [LoggerMessage(EventIds.RuntimeStopFailed, LogLevel.Warning,
        "The runtime of instance {Instance} did not end cleanly.")]
    private partial void LogStopFailed(Exception exception, string instance);

    [LoggerMessage(EventIds.RuntimeEnded, LogLevel.Warning,
        "The runtime of instance {Instance} ended by itself: {Reason}.")]
    public partial void LogEnded(string instance, string reason);

    [LoggerMessage(EventIds.VersionOver, LogLevel.Information,
        "Instance {Instance} serves nobody any more, and ends: {Reason}")]
    public partial void LogOver(string instance, string reason);
}
