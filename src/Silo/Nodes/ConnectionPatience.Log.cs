namespace Smcp.Nodes;

internal sealed partial class ConnectionPatience
{
    [LoggerMessage(EventIds.ClusterNotReached, LogLevel.Warning, "No silo can be reached yet: {Reason}")]
    private partial void LogNotReached(string reason);
}
