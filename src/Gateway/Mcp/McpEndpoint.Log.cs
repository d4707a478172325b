using Microsoft.Extensions.Logging;
using Smcp.Engine;

namespace Smcp.Mcp;

internal sealed partial class McpEndpoint
{
    [LoggerMessage(EventIds.RequestFailed, LogLevel.Error, "Request {CorrelationId} failed: {Failure}.")]
    private partial void RequestFailed(string correlationId, EngineFailure failure, Exception exception);

    [LoggerMessage(
        EventIds.RequestNotStored, LogLevel.Warning,
        "Request {CorrelationId} failed: {Failure}: {Cause}")]
    private partial void NotStored(string correlationId, EngineFailure failure, string cause);
}
