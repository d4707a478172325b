using Microsoft.Extensions.Logging;

namespace Smcp.Identity.OAuth.Grants;

internal sealed partial class GrantLife
{
    [LoggerMessage(EventIds.GrantRevoked, LogLevel.Warning, "The grant {Grant} is revoked: {Cause}")]
    private static partial void LogRevoked(ILogger logger, GrantId grant, string cause);
}
