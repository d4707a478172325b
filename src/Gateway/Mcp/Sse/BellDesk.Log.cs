using Microsoft.Extensions.Logging;

namespace Smcp.Mcp.Sse;

internal sealed partial class BellDesk
{
    [LoggerMessage(EventIds.BellsSubscribed, LogLevel.Information, "Gateway {Gateway} receives bells.")]
    private partial void BellsSubscribed(string gateway);
}
