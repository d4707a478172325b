using Microsoft.Extensions.Logging;

namespace Smcp.Servers;

internal partial class ServerGrain
{
    [LoggerMessage(EventIds.SourceMissing, LogLevel.Warning,
        "The server {Server} of the tenant {Tenant} is not served: no class {Source} is loaded (--servers).")]
    private partial void LogSourceMissing(string tenant, string server, string source);
}
