using Microsoft.Extensions.Logging;
using Smcp.Identity;
using Smcp.Servers;

namespace Smcp.Sessions;

internal partial class SessionGrain
{
    [LoggerMessage(
        EventIds.SessionOpened, LogLevel.Information,
        "A session of {Tenant}/{Server} opened with revision {Revision}")]
    private static partial void LogOpened(ILogger logger, TenantId tenant, ServerId server, string revision);
}
