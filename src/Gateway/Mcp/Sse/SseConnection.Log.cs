using Microsoft.Extensions.Logging;

namespace Smcp.Mcp.Sse;

internal sealed partial class SseConnection
{
    [LoggerMessage(EventIds.StreamEnded, LogLevel.Debug, "The stream of request {CorrelationId} was left open.")]
    private partial void StreamEnded(string correlationId);

    [LoggerMessage(
        EventIds.ReaderCutOff, LogLevel.Information,
        "The reader of request {CorrelationId} took nothing and was cut off.")]
    private partial void ReaderCutOff(string correlationId);

    [LoggerMessage(
        EventIds.StreamFailed, LogLevel.Warning,
        "The session of request {CorrelationId} was not told that its stream closed.")]
    private partial void CloseFailed(string correlationId, Exception exception);

    [LoggerMessage(
        EventIds.ReaderNotAdmitted, LogLevel.Information,
        "A caller is admitted no longer: the connection of request {CorrelationId} ends")]
    private partial void ReaderNotAdmitted(string correlationId);
}
