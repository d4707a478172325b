using Microsoft.Extensions.Logging;

namespace Smcp.Identity.OAuth.Clients;

internal sealed partial class ClientDocuments
{
    [LoggerMessage(
        EventIds.ClientDocumentFailed, LogLevel.Information, "The document of a client at {Host} cannot be fetched")]
    private static partial void LogFailed(ILogger logger, string host, Exception exception);
}
