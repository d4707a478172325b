namespace Smcp.Nodes;

internal sealed partial class NodeLifetime
{
    [LoggerMessage(EventIds.NodeLeaving, LogLevel.Information, "The node leaves: not ready, it stops in {Time}.")]
    private partial void LogLeaving(TimeSpan time);

    [LoggerMessage(
        EventIds.NodeStopLate, LogLevel.Error, "The node did not stop within {Time}: it ends as it is.")]
    private partial void LogStopLate(TimeSpan time);
}
