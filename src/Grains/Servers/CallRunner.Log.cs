using Microsoft.Extensions.Logging;

namespace Smcp.Servers;

internal sealed partial class CallRunner
{
    [LoggerMessage(EventIds.CallFailed, LogLevel.Error,
        "A call in instance {Instance} failed; correlation id {CorrelationId}.")]
    private partial void LogCallFailed(Exception exception, string instance, string correlationId);

    [LoggerMessage(EventIds.CallTimedOut, LogLevel.Warning,
        "A call in instance {Instance} passed its deadline; correlation id {CorrelationId}.")]
    private partial void LogCallTimedOut(string instance, string correlationId);
}
