using Microsoft.Extensions.Logging;

namespace Smcp.Runtimes.Upstream;

internal sealed partial class StreamLink
{
    [LoggerMessage(
        EventIds.UpstreamLineIgnored, LogLevel.Information,
        "A server wrote a line of {Bytes} bytes that is no message; more of them are not told of.")]
    private partial void LogLineIgnored(int bytes);

    [LoggerMessage(EventIds.UpstreamLinkFailed, LogLevel.Error, "Taking a server's messages failed.")]
    private partial void LogFailed(Exception exception);
}
