using Microsoft.Extensions.Logging;

namespace Smcp.Usage;

internal sealed partial class UsageMeter
{
    [LoggerMessage(
        EventIds.UsageNotReported, LogLevel.Warning,
        "What the instance {Instance} counted could not be reported: it is kept and sent again")]
    private partial void NotReported(string instance, Exception exception);
}
