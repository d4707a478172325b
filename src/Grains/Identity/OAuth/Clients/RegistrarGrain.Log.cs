using Microsoft.Extensions.Logging;

namespace Smcp.Identity.OAuth.Clients;

internal partial class RegistrarGrain
{
    [LoggerMessage(EventIds.RegistrationRefused, LogLevel.Information, "A client is not registered: {Reason}")]
    private static partial void LogRefused(ILogger logger, string reason);
}
