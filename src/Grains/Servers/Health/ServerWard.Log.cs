using Microsoft.Extensions.Logging;
using Smcp.Identity;

namespace Smcp.Servers.Health;

internal sealed partial class ServerWard
{
    [LoggerMessage(EventIds.ServerQuarantined, LogLevel.Warning,
        "The server {Tenant}/{Server} is in quarantine: its processes ended unexpectedly {Exits} times.")]
    private static partial void LogQuarantined(ILogger logger, TenantId tenant, ServerId server, long exits);
}
