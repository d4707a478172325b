namespace Smcp.Nodes;

internal sealed partial class NodeLifetime
{
    [LoggerMessage(EventIds.NodeLeaving, LogLevel.Information, "The node leaves: not ready, it stops in {Time}.")]
    private partial void LogLeaving(TimeSpan time);
}
