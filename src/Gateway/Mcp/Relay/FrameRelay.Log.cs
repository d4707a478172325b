using Microsoft.Extensions.Logging;
using Smcp.Engine;

namespace Smcp.Mcp.Relay;

internal sealed partial class FrameRelay
{
    [LoggerMessage(
        EventIds.ReaderGone, LogLevel.Debug,
        "The reader of request {CorrelationId} went: its call is cancelled.")]
    private partial void ReaderGone(string correlationId);

    [LoggerMessage(
        EventIds.RelayCutOff, LogLevel.Information,
        "The reader of request {CorrelationId} was too slow and was cut off: its call is cancelled.")]
    private partial void ReaderCutOff(string correlationId);

    [LoggerMessage(
        EventIds.SourceFailed, LogLevel.Warning, "The frames of request {CorrelationId} ended: {Failure}.")]
    private partial void SourceFailed(string correlationId, EngineFailure failure, Exception exception);

    [LoggerMessage(
        EventIds.RelayNotAdmitted, LogLevel.Information,
        "A caller is admitted no longer: the stream of request {CorrelationId} ends")]
    private partial void ReaderNotAdmitted(string correlationId);
}
