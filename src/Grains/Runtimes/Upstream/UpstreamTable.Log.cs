using Microsoft.Extensions.Logging;

namespace Smcp.Runtimes.Upstream;

internal sealed partial class UpstreamTable
{
    [LoggerMessage(EventIds.UpstreamOpened, LogLevel.Debug, "A conversation with a server is open, era {Era}.")]
    private static partial void LogOpened(ILogger logger, UpstreamEra era);

    [LoggerMessage(EventIds.UpstreamEnded, LogLevel.Information, "A conversation with a server ended: {Reason}")]
    private static partial void LogEnded(ILogger logger, string reason);

    [LoggerMessage(EventIds.UpstreamNotOpened, LogLevel.Warning, "A conversation with a server did not open.")]
    private static partial void LogNotOpened(ILogger logger, Exception exception);
}
