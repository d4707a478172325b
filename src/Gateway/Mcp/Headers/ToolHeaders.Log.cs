using Microsoft.Extensions.Logging;

namespace Smcp.Mcp.Headers;

internal sealed partial class ToolHeaders
{
    [LoggerMessage(
        EventIds.ToolHeadersUnread, LogLevel.Debug,
        "Request {CorrelationId}: the tools of {Server} were not listed; no header of theirs is checked.")]
    private partial void ToolsUnread(string correlationId, string server);
}
