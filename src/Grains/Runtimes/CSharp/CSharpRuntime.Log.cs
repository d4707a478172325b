using Microsoft.Extensions.Logging;

namespace Smcp.Runtimes.CSharp;

internal sealed partial class CSharpRuntime
{
    [LoggerMessage(EventIds.ToolFailed, LogLevel.Error, "Tool {Tool} of server {Server} failed.")]
    private partial void LogToolFailed(Exception exception, string server, string tool);

    [LoggerMessage(EventIds.ToolRefused, LogLevel.Debug, "Tool {Tool} of server {Server} answered with its own error.")]
    private partial void LogToolRefused(string server, string tool);

    [LoggerMessage(EventIds.RequestFailed, LogLevel.Error, "Server {Server} failed on {Method}.")]
    private partial void LogRequestFailed(Exception exception, string server, string method);
}
