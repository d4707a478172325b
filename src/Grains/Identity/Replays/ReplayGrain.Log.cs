using Microsoft.Extensions.Logging;

namespace Smcp.Identity.Replays;

internal partial class ReplayGrain
{
    [LoggerMessage(
        EventIds.ReplayWriteFailed, LogLevel.Error,
        "A caller's idempotency keys could not be stored: the activation ends")]
    private static partial void LogWriteFailed(ILogger logger, Exception exception);
}
