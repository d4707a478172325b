using Microsoft.Extensions.Logging;
using Smcp.Engine;

namespace Smcp.Admin;

internal sealed partial class AdminFailures
{
    [LoggerMessage(
        EventIds.AdminFailed, LogLevel.Error,
        "A {Method} of the administration failed; request {CorrelationId}, engine {Failure}")]
    private partial void RequestFailed(string method, string correlationId, EngineFailure failure, Exception exception);

    [LoggerMessage(
        EventIds.AdminNotStored, LogLevel.Warning,
        "A {Method} of the administration failed; request {CorrelationId}, engine {Failure}: {Cause}")]
    private partial void NotStored(string method, string correlationId, EngineFailure failure, string cause);
}
