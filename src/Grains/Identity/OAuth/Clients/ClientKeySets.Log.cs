using Microsoft.Extensions.Logging;

namespace Smcp.Identity.OAuth.Clients;

internal sealed partial class ClientKeySets
{
    [LoggerMessage(
        EventIds.ClientKeySetFailed, LogLevel.Warning, "The key set at {Host} could not be fetched: {Problem}")]
    private static partial void LogFailed(ILogger logger, string host, string problem);
}
