using Microsoft.Extensions.Logging;

namespace Smcp.Runtimes.CSharp;

internal sealed partial class CSharpRuntime
{
    [LoggerMessage(EventIds.ToolFailed, LogLevel.Error, "Tool {Tool} of server {Server} failed: {Failure}")]
    private partial void LogToolFailed(string server, string tool, string failure);

    [LoggerMessage(EventIds.ToolRefused, LogLevel.Debug, "Tool {Tool} of server {Server} answered with its own error.")]
    private partial void LogToolRefused(string server, string tool);

    [LoggerMessage(EventIds.RequestFailed, LogLevel.Error, "Server {Server} failed on {Method}: {Failure}")]
    private partial void LogRequestFailed(string server, string method, string failure);
}
