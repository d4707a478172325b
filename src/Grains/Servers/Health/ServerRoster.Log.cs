using Microsoft.Extensions.Logging;

namespace Smcp.Servers.Health;

internal sealed partial class ServerRoster
{
    [LoggerMessage(EventIds.InstanceNotEnded, LogLevel.Warning,
        "Instance {Instance} could not be told to end; it finds out by itself.")]
    private partial void LogNotEnded(Exception exception, string instance);

    [LoggerMessage(EventIds.InstancesEndSlowly, LogLevel.Warning,
        "The instances of the server {Server} take long to end; nobody waits for them.")]
    private partial void LogSlow(string server);
}
