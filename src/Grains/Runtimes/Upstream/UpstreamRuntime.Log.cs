using Microsoft.Extensions.Logging;

namespace Smcp.Runtimes.Upstream;

internal sealed partial class UpstreamRuntime
{
    [LoggerMessage(
        EventIds.UpstreamSessionLost, LogLevel.Information,
        "A server forgot a session; what it refused for that goes into a new one.")]
    private static partial void LogSessionLost(ILogger logger);
}
