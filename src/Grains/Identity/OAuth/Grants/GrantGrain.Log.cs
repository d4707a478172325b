using Microsoft.Extensions.Logging;

namespace Smcp.Identity.OAuth.Grants;

internal partial class GrantGrain
{
    [LoggerMessage(EventIds.GrantRefused, LogLevel.Information, "The grant {Grant} gives no token: {Reason}")]
    private static partial void LogRefused(ILogger logger, GrantId grant, TokenRefusal reason);
}
