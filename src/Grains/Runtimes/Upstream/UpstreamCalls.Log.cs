using Microsoft.Extensions.Logging;

namespace Smcp.Runtimes.Upstream;

internal sealed partial class UpstreamCalls
{
    [LoggerMessage(
        EventIds.UpstreamQuestionUnclaimed, LogLevel.Information,
        "A server asked {Method} while none of its client's calls ran; it gets no answer.")]
    private partial void LogUnclaimed(string method);
}
