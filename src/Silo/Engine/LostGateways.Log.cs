namespace Smcp.Engine;

internal sealed partial class LostGateways
{
    [LoggerMessage(EventIds.GatewayLost, LogLevel.Warning, "A silo was lost; {Count} are connected.")]
    private partial void LogGatewayLost(int count);

    [LoggerMessage(EventIds.GatewayLeft, LogLevel.Information, "A silo left; {Count} are connected.")]
    private partial void LogGatewayLeft(int count);
}
