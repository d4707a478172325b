using Microsoft.Extensions.Logging;
using Smcp.Engine;

namespace Smcp.Pages;

internal sealed partial class PagesEndpoint
{
    [LoggerMessage(
        EventIds.PageFailed, LogLevel.Error, "The page {Path} failed ({Failure}), request {CorrelationId}")]
    private partial void PageFailed(string path, string correlationId, EngineFailure failure, Exception exception);

    [LoggerMessage(
        EventIds.PageNotStored, LogLevel.Warning,
        "The page {Path} failed ({Failure}), request {CorrelationId}: {Cause}")]
    private partial void NotStored(string path, string correlationId, EngineFailure failure, string cause);
}
