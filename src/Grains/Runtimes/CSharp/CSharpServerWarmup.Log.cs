using Microsoft.Extensions.Logging;

namespace Smcp.Runtimes.CSharp;

internal sealed partial class CSharpServerWarmup
{
    [LoggerMessage(EventIds.ServerClassUnreadable, LogLevel.Error, "Server {Server} cannot be served.")]
    private partial void LogUnreadable(Exception exception, string server);
}
